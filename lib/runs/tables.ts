/** The tables of a model under the folder of the results. */

import { createHash } from "node:crypto";
import { join } from "node:path";
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import type { ExcessRow } from "../emergence/excess_emergence.ts";
import { type Cell, formatCsv } from "../files/csv.ts";
import { FileSet } from "../files/file_set.ts";
import { ifThere } from "../files/list_files.ts";
import { plainName } from "../files/plain_name.ts";
import { readBytes, readText } from "../files/read_file.ts";
import { type ColumnType, readTable } from "../files/read_table.ts";
import type { SamplesRow, SpectraRow } from "../multifractal/spectra_tables.ts";
import { checkedJson } from "../schemas/checked_value.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import type { RunRecord } from "./run_record.ts";
import { type RunOrigin, storedTablesRecord, type TablesRecord } from "./stored_records.ts";

/** The tables of one model. */
export interface ModelTables {
  /** The model's name. */
  readonly model: string;
  /** E of every step, against its null model where the run has one. */
  readonly emergence: readonly EmergenceRow[] | readonly ExcessRow[];
  /** Every order of every sample. */
  readonly spectra: readonly SpectraRow[];
  /** Every sample. */
  readonly samples: readonly SamplesRow[];
}

/** Whether E is compared with a null model. */
export function hasExcess(
  rows: readonly EmergenceRow[] | readonly ExcessRow[],
): rows is readonly ExcessRow[] {
  return rows.some((row) => "excess" in row);
}

/** Where a model's tables lie under the folder of the results. */
export function tablePaths(
  out: string,
  model: string,
): Record<"emergence" | "spectra" | "samples" | "record", string> {
  const name = plainName(model, "the model's name");
  const folder = join(out, "emergence", name);
  return {
    emergence: join(out, "emergence", `E_${name}.csv`),
    spectra: join(folder, "spectra.csv"),
    samples: join(folder, "samples.csv"),
    record: join(folder, "run.json"),
  };
}

/** Where they lie as Parquet, where that was asked for; new tables take the place of old ones in both forms. */
export function parquetPaths(
  out: string,
  model: string,
): Record<"emergence" | "spectra" | "samples", string> {
  const { record: _, ...paths } = tablePaths(out, model);
  const parquet = (path: string) => path.replace(/\.csv$/, ".parquet");
  return {
    emergence: parquet(paths.emergence),
    spectra: parquet(paths.spectra),
    samples: parquet(paths.samples),
  };
}

/**
 * Write a model's tables and the record of what they were made from, all of them or none. The
 * record goes first and comes last, so that where there is one, the tables are those it describes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { saveModelTables } from "neuromfa/runs";
 *
 * const out = await Deno.makeTempDir();
 * const result = await measure("suite:nano-64", { samples: 2, steps: [0, 4096] });
 * await saveModelTables(out, result, result.record);
 * assert.ok((await Deno.stat(`${out}/emergence/E_nano-64.csv`)).isFile);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function saveModelTables(
  out: string,
  tables: ModelTables,
  record: RunRecord,
): Promise<void> {
  await using files = new FileSet();
  await addModelTables(files, out, tables, record);
  await files.commit();
}

/** Add a model's tables to files that are written together, and their record at last. */
export async function addModelTables(
  files: FileSet,
  out: string,
  tables: ModelTables,
  record: RunRecord,
  source?: RunOrigin,
): Promise<void> {
  const paths = tablePaths(out, tables.model);
  const { spectra, samples, emergence } = tables;
  for (const path of Object.values(parquetPaths(out, tables.model))) files.remove(path);
  const stored: TablesRecord = {
    ...record,
    tables: {
      spectra: await addTable(files, paths.spectra, SPECTRA_COLUMNS, spectra),
      samples: await addTable(files, paths.samples, SAMPLES_COLUMNS, samples),
      emergence: await addTable(files, paths.emergence, columnsOfE(record.options), emergence),
    },
    ...source && { source },
  };
  await files.add(paths.record, `${JSON.stringify(stored, null, 2)}\n`);
}

/** Whether a model's tables are there as they were written, and were made from what the record says. */
export async function hasModelTables(out: string, record: RunRecord): Promise<boolean> {
  const stored = await readRecord(out, record.model).catch(() => null);
  if (stored === null) return false;
  // What they were found by changes no number.
  const { tables: _, source: __, ...made } = stored;
  return JSON.stringify(made) === JSON.stringify(record) &&
    await changedTable(out, stored) === null;
}

/** Read what a model's tables were made from; rejects, saying what is wrong and how to make one, if there is no record. */
export async function readRecord(out: string, model: string): Promise<TablesRecord> {
  const path = tablePaths(out, model).record;
  const text = await ifThere(readText(path));
  const advice = `run --stage analyze for ${model}`;
  if (text === null) throw new Error(`${path} is not there; ${advice} first`);
  return checkedJson(text, storedTablesRecord(model), path, `${advice} again`);
}

/** The path of a table that is not as it was written, `null` where all are. */
async function changedTable(out: string, { model, tables }: TablesRecord): Promise<string | null> {
  const paths = tablePaths(out, model);
  for (const table of ["emergence", "spectra", "samples"] as const) {
    const isWhole = await isAsWritten(paths[table], tables[table]).catch(() => null);
    if (isWhole !== true) return paths[table];
  }
  return null;
}

/** Whether a table has the digest that it was written with; `null` where it is not there. */
export async function isAsWritten(path: string, digest: string): Promise<boolean | null> {
  const bytes = await ifThere(readBytes(path));
  return bytes && digestOf(bytes) === digest;
}

function digestOf(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Add a table; returns its digest. */
async function addTable<Column extends string>(
  files: FileSet,
  path: string,
  columns: Readonly<Record<Column, string>>,
  rows: readonly object[],
): Promise<string> {
  const text = formatCsv(
    Object.keys(columns) as Column[],
    rows as Readonly<Record<Column, Cell>>[],
  );
  await files.add(path, text);
  return digestOf(text);
}

/**
 * Read a model's tables back.
 *
 * @throws {Error} If one is missing or was changed since it was written, saying how to make it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { readModelTables, saveModelTables } from "neuromfa/runs";
 *
 * const out = await Deno.makeTempDir();
 * const result = await measure("suite:nano-64", { samples: 2, steps: [0, 4096] });
 * await saveModelTables(out, result, result.record);
 * const { emergence } = await readModelTables(out, "nano-64");
 * assert.deepEqual(emergence.map(({ step }) => step), [0, 4096]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function readModelTables(out: string, model: string): Promise<ModelTables> {
  const paths = tablePaths(out, model), record = await readRecord(out, model);
  const changed = await changedTable(out, record);
  if (changed !== null) {
    const advice = `run --stage analyze for ${model} again`;
    throw new Error(`${changed} is not as it was written with ${paths.record}; ${advice}`);
  }
  return {
    model,
    emergence: await readTable(
      paths.emergence,
      columnsOfE(record.options),
    ) as unknown as ModelTables["emergence"],
    spectra: await readTable(paths.spectra, SPECTRA_COLUMNS),
    samples: await readTable(paths.samples, SAMPLES_COLUMNS),
  };
}

type Columns = Readonly<Record<string, ColumnType>>;

/** Columns of `E_<model>.csv`, but for the last. */
const MEASURED_COLUMNS = {
  ...{ step: "number", alpha0: "number|NaN", width: "number|NaN" },
  ...{ E: "number|NaN", eLow: "number|NaN", eHigh: "number|NaN", samplesKept: "number" },
} satisfies Columns;

/** Columns of `E_<model>.csv` where E is compared with a null model. */
const EXCESS_COLUMNS = {
  ...{ eNull: "number|NaN", eNullLow: "number|NaN", eNullHigh: "number|NaN" },
  ...{ excess: "number|NaN", excessLow: "number|NaN", excessHigh: "number|NaN" },
  ...{ pValue: "number|NaN", nullDraws: "number" },
} satisfies Columns;

/** Columns of `E_<model>.csv`; a baseline other than step 0 has one. */
export function columnsOfE({ null: kind, baseline }: AnalysisOptions): Columns {
  return {
    ...MEASURED_COLUMNS,
    ...kind !== undefined && EXCESS_COLUMNS,
    ...(baseline ?? 0) !== 0 && { baseline: "number|init" },
    status: "text",
  };
}

/** Columns of `spectra.csv`. */
export const SPECTRA_COLUMNS = {
  ...{ step: "number", sample: "number|full", q: "number", tau: "number" },
  ...{ rValue: "number", pValue: "number", stderr: "number" },
  ...{ alpha: "number?", fAlpha: "number?" },
} satisfies Columns;

/** Columns of `samples.csv`. */
export const SAMPLES_COLUMNS = {
  ...{ step: "number", sample: "number|full", edges: "number", nodes: "number" },
  ...{ selectedNodes: "number", radii: "number" },
  ...{ alpha0: "number?", alpha0Index: "number?", alpha0Analytic: "number?", tie: "boolean?" },
  ...{ width: "number?", filtered: "boolean?", status: "text" },
} satisfies Columns;
