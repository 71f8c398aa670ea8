/** How tables of node fractal dimensions came about, kept beside them. */
import { join } from "node:path";
import { ifThere } from "../files/if_there.ts";
import { readText } from "../files/read_file.ts";
import { writeWholeFile } from "../files/write_whole_file.ts";
import { comparisonsFolder, modelFolder } from "./node_fractal_dimension_files.ts";
import type { NodeTablesChoices } from "./node_fractal_dimension_options.ts";
import { checkedJson } from "../schemas/checked_json.ts";
import { storedComparisonRecord, storedNodesRecord } from "./stored_records.ts";
import { removeFile } from "../files/remove_file.ts";

/** The content of a model's `run.json`, which is there only if its tables are complete. */
export interface NodeFractalDimensionRecord {
  /** The model's name. */
  readonly model: string;
  /** Number of weights, counted in the first checkpoint. */
  readonly model_size: number;
  /** Every choice that decides the tables. */
  readonly options: NodeTablesChoices;
  /** The checkpoints measured, by ascending step. */
  readonly checkpoints: readonly { readonly step: number; readonly sha256: string }[];
  /** Versions of what computed them. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The content of the comparisons' `run.json`. */
export interface ComparisonRecord {
  /** The choices that all models were measured with. */
  readonly options: NodeTablesChoices;
  /** The steps compared, ascending. */
  readonly steps: readonly number[];
  /** Steps that some models lack, and which. */
  readonly left_out: readonly { readonly step: number; readonly missing: readonly string[] }[];
  /** The models by ascending size. */
  readonly models: readonly Omit<NodeFractalDimensionRecord, "options">[];
}

/** Write a model's `run.json`, after its tables. */
export async function writeRecord(out: string, record: NodeFractalDimensionRecord): Promise<void> {
  await writeWholeFile(recordPath(out, record.model), recordText(record));
}

/** Remove a model's `run.json`, before its tables are replaced one by one. */
export async function removeRecord(out: string, model: string): Promise<void> {
  await removeFile(recordPath(out, model));
}

/** Whether a model's `run.json` is there and says just that. */
export async function hasRecord(out: string, record: NodeFractalDimensionRecord): Promise<boolean> {
  const text = await Deno.readTextFile(recordPath(out, record.model)).catch(() => null);
  return text === recordText(record);
}

/** Read the `run.json` of a model; rejects, saying what to do, if it is not there or is another one. */
export async function readRecord(out: string, model: string): Promise<NodeFractalDimensionRecord> {
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
): Promise<NodeFractalDimensionRecord | null> {
  const path = recordPath(out, model);
  const text = await ifThere(readText(path));
  if (text === null) return null;
  const advice = "remove it and calculate the node fractal dimensions again";
  return checkedJson(text, storedNodesRecord(model), path, advice);
}

/** Write the comparisons' `run.json`, after their tables. */
export async function writeComparisonRecord(out: string, record: ComparisonRecord): Promise<void> {
  await writeWholeFile(join(comparisonsFolder(out), "run.json"), recordText(record));
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
