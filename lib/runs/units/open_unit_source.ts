/** From where units are to its source. */
import { openRun } from "../../checkpoints/open_run.ts";
import { RunSource } from "./run_source.ts";
import { StoreSource } from "./store_source.ts";
import type { UnitPlace, UnitSource } from "./unit_place.ts";

/**
 * Open a source a second time, in a worker: what is far away has been brought by the first, and nothing is moved.
 *
 * @throws {Error} If the run can't be opened.
 */
export async function openUnitSource(place: UnitPlace): Promise<UnitSource> {
  return place.kind === "store"
    ? new StoreSource(place)
    : new RunSource(await openRun(place.name, { offline: true }));
}
