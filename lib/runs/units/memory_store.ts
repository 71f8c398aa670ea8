/** Units that are kept in memory, for a run whose tables nobody has asked to be written. */

import type { Claim } from "./claim.ts";
import { keyOf, type RunPlan } from "./run_plan.ts";
import { type Unit, unitName } from "./unit.ts";
import { decodeUnit } from "./unit_file.ts";
import type { MeasuredUnits } from "./unit_store.ts";

/** The units of one plan in memory, each as the bytes of the file that it would be. */
export class MemoryStore implements MeasuredUnits {
  readonly #plan: RunPlan;
  readonly #units = new Map<string, Uint8Array>();

  /** @param plan The plan. */
  constructor(plan: RunPlan) {
    this.#plan = plan;
  }

  /** What a unit is called in messages. */
  path(unit: Unit): string {
    return unitName(unit);
  }

  /** What decides a unit. */
  key(unit: Unit): string {
    return keyOf(this.#plan, unit);
  }

  /** Whether a unit is there. */
  has(unit: Unit): Promise<boolean> {
    return Promise.resolve(this.#units.has(this.#place(unit)));
  }

  /** A unit, `null` where it is not there. */
  readMeasured(unit: Unit): Promise<unknown> {
    const bytes = this.#units.get(this.#place(unit));
    return Promise.resolve(bytes ? decodeUnit(bytes, this.key(unit), this.path(unit)) : null);
  }

  /** Keep a unit. */
  write(unit: Unit, bytes: Uint8Array): Promise<void> {
    this.#units.set(this.#place(unit), bytes);
    return Promise.resolve();
  }

  /** Nobody else measures here. */
  claim(): Promise<Claim> {
    return Promise.resolve({ [Symbol.dispose]() {} });
  }

  /** Two steps that hold the same weights have units of the same key. */
  #place(unit: Unit): string {
    return `${unit.step} ${this.key(unit)}`;
  }
}
