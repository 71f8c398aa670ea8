/** Units measured from stored networks. */

import { openRun } from "../../checkpoints/open_run.ts";
import { loadNetwork, loadRecord } from "../store/network_store.ts";
import type { StepRecord } from "../stored_records.ts";
import { measureSample } from "./measured_sample.ts";
import { RunSource } from "./run_source.ts";
import type { Unit, UnitPlace, UnitSource } from "./unit.ts";

/** Measures units of stored networks, where nothing is far away. */
export function storeSource(store: string, model: string): UnitSource {
  /** The record is read anew, since another extraction may have replaced the networks since the run was planned. */
  async function recordOf({ step, sha256 }: Unit): Promise<StepRecord> {
    const record = await loadRecord(store, model, step);
    if (record?.sha256 === sha256) return record;
    throw new Error(
      `the stored networks of ${model} at step ${step} were replaced while they were measured; run again`,
    );
  }
  return {
    bring: () => Promise.resolve(),
    check: async (unit) => void await recordOf(unit),
    async *measure(units, choices) {
      for (const [index, unit] of units.entries()) {
        const network = await loadNetwork(store, await recordOf(unit), unit.part.index);
        const value = measureSample(network, choices);
        yield { index, value, weights: value.edges };
      }
    },
  };
}

/** Open a source a second time, in a worker: what is far away has been brought by the first, and nothing is moved. */
export async function openUnitSource(place: UnitPlace): Promise<UnitSource> {
  if (place.kind === "store") return storeSource(place.store, place.model);
  return new RunSource(await openRun(place.name, { offline: true }));
}
