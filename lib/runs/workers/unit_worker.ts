/** A worker that measures units, one order after another. */

import type { UnitSource } from "../units/unit.ts";
import { openUnitSource } from "../units/unit_source.ts";
import { measurerHere, type WorkOrder, type WorkReport } from "./unit_crew.ts";

/** What a worker has of the global scope of its own. */
declare const self: {
  onmessage: ((event: MessageEvent<WorkOrder>) => void) | null;
  postMessage(report: WorkReport, transfer?: Transferable[]): void;
};

let source: Promise<UnitSource> | undefined;

self.onmessage = async ({ data: { place, ...order } }) => {
  try {
    source ??= openUnitSource(place);
    await measurerHere(await source).measure(order, (...finished) => {
      self.postMessage({ kind: "unit", finished }, [finished[1].buffer as ArrayBuffer]);
      return Promise.resolve();
    });
    self.postMessage({ kind: "done" });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    self.postMessage({ kind: "error", message });
  }
};
