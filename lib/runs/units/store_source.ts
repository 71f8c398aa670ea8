/** Units measured from stored networks. */

import { loadNetwork } from "../store/network_store.ts";
import { loadRecord } from "../store/step_record.ts";
import type { StepRecord } from "../stored_records.ts";
import { measureSample } from "./measured_sample.ts";
import type { Unit, UnitChoices } from "./unit.ts";
import type { StorePlace, UnitPlace, UnitResult, UnitSource } from "./unit_place.ts";
import { declaredRun } from "../../architectures/declared_run.ts";
import { openRun } from "../../checkpoints/open_run.ts";
import { RunSource } from "./run_source.ts";

/** Measures units of stored networks. */
export class StoreSource implements UnitSource {
  readonly #place: StorePlace;

  /** @param place Where the networks are. */
  constructor(place: StorePlace) {
    this.#place = place;
  }

  /** Nothing is far away. */
  bring(): Promise<void> {
    return Promise.resolve();
  }

  /** Check that a step's networks are still what the plan says; rejects if they were replaced meanwhile. */
  async check(unit: Unit): Promise<void> {
    await this.#recordOf(unit);
  }

  /** Measure some units of one step, in the order given. */
  async *measure(units: readonly Unit[], choices: UnitChoices): AsyncGenerator<UnitResult> {
    for (const [index, unit] of units.entries()) {
      const record = await this.#recordOf(unit);
      const value = measureSample(
        await loadNetwork(this.#place.store, record, unit.part.index),
        choices,
      );
      yield { index, value, weights: value.edges };
    }
  }

  /** The record is read anew, since another extraction may have replaced the networks since the run was planned. */
  async #recordOf({ step, sha256 }: Unit): Promise<StepRecord> {
    const { store, model } = this.#place;
    const record = await loadRecord(store, model, step);
    if (record?.sha256 === sha256) return record;
    throw new Error(
      `the stored networks of ${model} at step ${step} were replaced while they were measured; run again`,
    );
  }
}

/**
 * Open a source a second time, in a worker: what is far away has been brought by the first, and nothing is moved.
 *
 * @throws {Error} If the run can't be opened.
 */
export async function openUnitSource(place: UnitPlace): Promise<UnitSource> {
  return place.kind === "store" ? new StoreSource(place) : new RunSource(
    declaredRun(await openRun(place.name, { offline: true }), place.declared ?? {}),
  );
}
