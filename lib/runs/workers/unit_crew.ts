/** Those who measure units: this process itself, or workers beside it. */

import type { Unit, UnitChoices } from "../units/unit.ts";
import { encodeUnit } from "../units/unit_file.ts";
import type { UnitPlace, UnitSource } from "../units/unit_place.ts";
import type { WorkOrder, WorkReport } from "./messages.ts";

/** A unit as it goes into its file. */
export interface FinishedUnit {
  /** The unit. */
  readonly unit: Unit;
  /** The content of its file. */
  readonly bytes: Uint8Array;
  /** Weights that were read for it. */
  readonly weights: number;
}

/** What one order takes. */
export interface UnitOrder {
  /** Units of one step. */
  readonly units: readonly Unit[];
  /** What each file says in front. */
  readonly keys: readonly string[];
  /** How they are measured. */
  readonly choices: UnitChoices;
}

/** One who measures an order at a time. */
export interface UnitMeasurer extends Disposable {
  /** Measure the units of an order; each is told of as soon as it is done, and the next is begun when that returns. */
  measure(order: UnitOrder, onUnit: (finished: FinishedUnit) => Promise<void>): Promise<void>;
}

/** Measures in this process. */
export function measurerHere(source: UnitSource): UnitMeasurer {
  return {
    async measure({ units, keys, choices }, onUnit) {
      for await (const { index, value, weights } of source.measure(units, choices)) {
        await onUnit({ unit: units[index]!, bytes: encodeUnit(keys[index]!, value), weights });
      }
    },
    [Symbol.dispose]() {},
  };
}

/** Start a worker that measures; its errors come with their own sentences. */
export function measurerInWorker(place: UnitPlace): UnitMeasurer {
  const worker = new Worker(new URL("./unit_worker.ts", import.meta.url), { type: "module" });
  return {
    measure(order, onUnit) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      let writing = Promise.resolve();
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`a worker stopped: ${event.message}`));
      };
      worker.onmessage = ({ data }: MessageEvent<WorkReport>) => {
        if (data.kind === "error") reject(new Error(data.message));
        else if (data.kind === "done") writing.then(resolve, reject);
        else {
          const { index, bytes, weights } = data;
          writing = writing.then(() => onUnit({ unit: order.units[index]!, bytes, weights }));
          writing.catch(reject);
        }
      };
      worker.postMessage({ place, ...order } satisfies WorkOrder);
      return promise;
    },
    [Symbol.dispose]: () => worker.terminate(),
  };
}
