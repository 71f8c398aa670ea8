/** Units that are kept in memory, for a run whose tables nobody has asked to be written. */

import { keyOf, type RunPlan } from "./run_plan.ts";
import { type Unit, unitName } from "./unit.ts";
import { decodeUnit } from "./unit_file.ts";
import type { MeasuredUnits } from "./unit_store.ts";

/** The units of one plan in memory, each as the bytes of the file that it would be. */
export function memoryStore(plan: RunPlan): MeasuredUnits {
  const bytesOf = new Map<string, Uint8Array>();
  const key = (unit: Unit) => keyOf(plan, unit);
  // Two steps that hold the same weights have units of the same key.
  const place = (unit: Unit) => `${unit.step} ${key(unit)}`;
  return {
    key,
    path: unitName,
    has: (unit) => Promise.resolve(bytesOf.has(place(unit))),
    readMeasured(unit) {
      const bytes = bytesOf.get(place(unit));
      return Promise.resolve(bytes ? decodeUnit(bytes, key(unit), unitName(unit)) : null);
    },
    write: (unit, bytes) => Promise.resolve(void bytesOf.set(place(unit), bytes)),
    // Nobody else measures here.
    claim: () => Promise.resolve({ [Symbol.dispose]() {} }),
  };
}
