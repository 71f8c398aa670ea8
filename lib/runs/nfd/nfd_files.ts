/** The tables of node fractal dimensions under the folder of results, and the records of how they came about. */

import { join } from "node:path";
import * as v from "valibot";
import { formatCsv } from "../../files/csv.ts";
import type { FileSet } from "../../files/file_set.ts";
import { ifThere } from "../../files/list_files.ts";
import { plainName } from "../../files/plain_name.ts";
import { readText } from "../../files/read_file.ts";
import { type ColumnType, readTable, type TableRow } from "../../files/read_table.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import type { SampleNumber } from "../../multifractal/spectra_tables.ts";
import { integer, type Option, shaped } from "../../options/option.ts";
import { OPTIONS } from "../../options/options.ts";
import { pick } from "../../options/read_options.ts";
import { checkedJson } from "../../schemas/checked_value.ts";
import {
  type ComparisonRecord,
  type NfdRecord,
  storedComparisonRecord,
  storedNodesRecord,
} from "../stored_records.ts";

const wholeNumber = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** Where tables lie and which of them are meant, as declared. */
export const NFD_TABLE_OPTIONS = {
  ...pick(OPTIONS, ["out", "includeStructural", "steps"]),
  step: integer({ ...wholeNumber, help: "the training step" }) as Option<number>,
  sampleNumber: integer({ ...wholeNumber, help: "the number of the sample" }) as Option<number>,
  sample: shaped<SampleNumber>({
    schema: v.union([v.literal("full"), v.pipe(v.number(), v.safeInteger(), v.minValue(0))]),
    values: "the number of a sample, or full",
  }, {
    help: "the number of the sample, or full",
    otherwise: "the first that there is",
  }) as Option<SampleNumber>,
};

/** Folder of a model's tables. */
export function modelFolder(out: string, model: string): string {
  return join(out, "nfd", plainName(model, "the model's name"));
}

/** Folder of the comparisons of models. */
export function comparisonsFolder(out: string): string {
  return join(out, "nfd", "comparisons");
}

/** All but the count are missing where the count is 0; of a single node, the standard deviation is. */
const statistics = {
  ...{ mean: "number|NaN", median: "number|NaN", std: "number|NaN" },
  ...{ min: "number|NaN", max: "number|NaN", range: "number|NaN", count: "number" },
} satisfies Record<string, ColumnType>;

/** The nodes of one network. */
export const nodesFile = tableFile(
  {
    ...{ nodeId: "number", layer: "text", role: "text" },
    ...{ nfdValue: "number", edges: "number", status: "text" },
  },
  (out, { model, step, sample }: { model: string; step: number; sample: SampleNumber }) =>
    join(modelFolder(out, model), `nfd_${model}_step${step}_${nameOf(sample)}.csv`),
);

/** The statistics of one sample over training. */
export const evolutionFile = tableFile(
  { step: "number", ...statistics },
  (out, { model, sample }: { model: string; sample: SampleNumber }) =>
    join(modelFolder(out, model), `nfd_evolution_${model}_${nameOf(sample)}.csv`),
);

/** The statistics of several models at one step. */
export const comparisonFile = tableFile(
  { model: "text", modelSize: "number", ...statistics },
  (out, { step, sample }: { step: number; sample: SampleNumber }) =>
    join(comparisonsFolder(out), `nfd_comparison_step${step}_${nameOf(sample)}.csv`),
);

/** What a sample is called in the names of files. */
export function nameOf(sample: SampleNumber): string {
  return sample === "full" ? "full" : `sample${sample}`;
}

/** A kind of table: its place tells which of them it is; reading one that is not there rejects, saying what to do. */
function tableFile<const Columns extends Readonly<Record<string, ColumnType>>, Place>(
  columns: Columns,
  path: (out: string, place: Place) => string,
) {
  const names = Object.keys(columns) as (keyof Columns & string)[];
  const format = (rows: readonly TableRow<Columns>[]) => formatCsv(names, rows);
  return {
    path,
    format,
    write: (out: string, place: Place, rows: readonly TableRow<Columns>[]) =>
      writeWholeFile(path(out, place), format(rows)),
    async read(out: string, place: Place) {
      const rows = await ifThere(readTable(path(out, place), columns));
      if (rows !== null) return rows;
      throw new Error(
        `${path(out, place)} is not there; calculate the node fractal dimensions first`,
      );
    },
  };
}

/** Add a model's `run.json` to files that are written together, after its tables. */
export async function addRecord(files: FileSet, out: string, record: NfdRecord): Promise<void> {
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
export async function findRecord(out: string, model: string): Promise<NfdRecord | null> {
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
