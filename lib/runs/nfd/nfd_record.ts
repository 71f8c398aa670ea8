/** How tables of node fractal dimensions came about, kept beside them. */

import { join } from "node:path";
import type { FileSet } from "../../files/file_set.ts";
import { ifThere } from "../../files/list_files.ts";
import { readText } from "../../files/read_file.ts";
import { comparisonsFolder, modelFolder } from "./nfd_files.ts";
import { checkedJson } from "../../schemas/checked_json.ts";
import {
  type ComparisonRecord,
  type NfdRecord,
  storedComparisonRecord,
  storedNodesRecord,
} from "../stored_records.ts";

/** Add a model's `run.json` to files that are written together, after its tables. */
export async function addRecord(
  files: FileSet,
  out: string,
  record: NfdRecord,
): Promise<void> {
  await files.add(recordPath(out, record.model), recordText(record));
}

/** Whether a model's `run.json` is there and says just that. */
export async function hasRecord(out: string, record: NfdRecord): Promise<boolean> {
  const text = await Deno.readTextFile(recordPath(out, record.model)).catch(() => null);
  return text === recordText(record);
}

/** Read the `run.json` of a model; rejects, saying what to do, if it is not there or is another one. */
export async function readRecord(out: string, model: string): Promise<NfdRecord> {
  const record = await findRecord(out, model);
  if (record !== null) return record;
  throw new Error(
    `${model} has no complete node fractal dimensions in ${out}: ${recordPath(out, model)} ` +
      "is not there; calculate them first",
  );
}

/** Read the `run.json` of a model, or `null` if it is not there. */
export async function findRecord(
  out: string,
  model: string,
): Promise<NfdRecord | null> {
  const path = recordPath(out, model);
  const text = await ifThere(readText(path));
  if (text === null) return null;
  const advice = "remove it and calculate the node fractal dimensions again";
  return checkedJson(text, storedNodesRecord(model), path, advice);
}

/** Add the comparisons' `run.json` to files that are written together, after their tables. */
export async function addComparisonRecord(
  files: FileSet,
  out: string,
  record: ComparisonRecord,
): Promise<void> {
  await files.add(join(comparisonsFolder(out), "run.json"), recordText(record));
}

/** Read the comparisons' `run.json`; rejects, saying what to do, if it is not there. */
export async function readComparisonRecord(out: string): Promise<ComparisonRecord> {
  const path = join(comparisonsFolder(out), "run.json");
  const text = await ifThere(readText(path));
  if (text === null) throw new Error(`${path} is not there; compare some models first`);
  return checkedJson(text, storedComparisonRecord, path, "compare the models again");
}

function recordPath(out: string, model: string): string {
  return join(modelFolder(out, model), "run.json");
}

function recordText(record: object): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
