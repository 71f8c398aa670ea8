/** A worker that measures units, one order after another. */

import { openUnitSource } from "../units/store_source.ts";
import { encodeUnit } from "../units/unit_file.ts";
import type { UnitSource } from "../units/unit_place.ts";
import type { WorkOrder, WorkReport } from "./messages.ts";

/** What a worker has of the global scope of its own. */
declare const self: {
  onmessage: ((event: MessageEvent<WorkOrder>) => void) | null;
  postMessage(report: WorkReport, transfer?: Transferable[]): void;
};

let source: Promise<UnitSource> | undefined;

self.onmessage = async ({ data: { place, units, keys, choices } }) => {
  try {
    source ??= openUnitSource(place);
    for await (const { index, value, weights } of (await source).measure(units, choices)) {
      const bytes = encodeUnit(keys[index]!, value);
      self.postMessage({ kind: "unit", index, bytes, weights }, [bytes.buffer as ArrayBuffer]);
    }
    self.postMessage({ kind: "done" });
  } catch (error) {
    self.postMessage({
      kind: "error",
      message: error instanceof Error ? error.message : String(error),
    });
  }
};
