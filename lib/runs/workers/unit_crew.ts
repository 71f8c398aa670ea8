/** Those who measure units: this process itself, or workers beside it. */

import type { Unit, UnitChoices, UnitPlace, UnitSource } from "../units/unit.ts";
import { encodeUnit } from "../units/unit_file.ts";

/** Asks for some units of one step; their files say the keys in front. */
export interface UnitOrder {
  readonly units: readonly Unit[];
  readonly keys: readonly string[];
  readonly choices: UnitChoices;
}

/** Asks a worker; the place is the same in every order to it. */
export type WorkOrder = UnitOrder & { readonly place: UnitPlace };

/** A unit by its index in the order, with its file's content and the weights that were read for it. */
type Finished = [index: number, bytes: Uint8Array, weights: number];

/** Tells of a unit, of the end of an order, or of what went wrong. */
export type WorkReport =
  | { readonly kind: "unit"; readonly finished: Finished }
  | { readonly kind: "done" }
  | { readonly kind: "error"; readonly message: string };

/** One who measures an order at a time. */
export interface UnitMeasurer extends Disposable {
  /** Measure the units of an order; each is told of as soon as it is done, and the next is begun when that returns. */
  measure(order: UnitOrder, onUnit: (...unit: Finished) => Promise<void>): Promise<void>;
}

/** Measures in this process. */
export function measurerHere(source: UnitSource): UnitMeasurer {
  return {
    async measure({ units, keys, choices }, onUnit) {
      for await (const { index, value, weights } of source.measure(units, choices)) {
        await onUnit(index, encodeUnit(keys[index]!, value), weights);
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
          writing = writing.then(() => onUnit(...data.finished));
          writing.catch(reject);
        }
      };
      worker.postMessage({ place, ...order } satisfies WorkOrder);
      return promise;
    },
    [Symbol.dispose]: () => worker.terminate(),
  };
}
