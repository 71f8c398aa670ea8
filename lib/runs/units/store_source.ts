/** Units measured from stored networks. */
import { loadNetwork } from "../network_store.ts";
import { loadRecord, type StepRecord } from "../step_record.ts";
import { measureSample } from "./measured_sample.ts";
import type { Unit, UnitChoices } from "./unit.ts";
import type { StorePlace, UnitResult, UnitSource } from "./unit_place.ts";

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
