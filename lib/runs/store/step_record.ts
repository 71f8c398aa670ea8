/** What a folder of stored networks says of them, so that none is taken for another. */

import { join } from "node:path";
import { ifThere } from "../../files/list_files.ts";
import { plainName } from "../../files/plain_name.ts";
import { readText, removeFile } from "../../files/read_file.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { checkedJson } from "../../schemas/checked_json.ts";
import { type StepRecord, storedStepRecord } from "../stored_records.ts";

/** Where the networks of a model lie under a store's folder. */
export function storeFolderOf(store: string, model: string): string {
  return join(store, plainName(model, "the model's name"));
}

/** Where the networks of a step lie under a store's folder. */
export function stepFolderOf(store: string, model: string, step: number): string {
  return join(storeFolderOf(store, model), `step${step}`);
}

/** Write the record of a step, once all its networks are there. */
export async function storeRecord(store: string, record: StepRecord): Promise<void> {
  const path = recordPath(store, record.model, record.step);
  await writeWholeFile(path, `${JSON.stringify(record, null, 2)}\n`);
}

/** Remove the record of a step, before its networks are replaced one by one. */
export async function removeRecord(store: string, model: string, step: number): Promise<void> {
  await removeFile(recordPath(store, model, step));
}

/**
 * The record of a step, `null` where there is none.
 *
 * @throws {Error} If what is there is no record of that step.
 */
export async function loadRecord(
  store: string,
  model: string,
  step: number,
): Promise<StepRecord | null> {
  const path = recordPath(store, model, step);
  const text = await ifThere(readText(path));
  if (text === null) return null;
  return checkedJson(text, storedStepRecord(model, step), path, "extract the networks again");
}

function recordPath(store: string, model: string, step: number): string {
  return join(stepFolderOf(store, model, step), "networks.json");
}
