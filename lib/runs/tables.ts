/** The tables of a model under the folder of the results. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import type { ExcessRow } from "../emergence/excess_emergence.ts";
import { type Cell, formatCsv } from "../files/csv.ts";
import { ifThere } from "../files/if_there.ts";
import { readText } from "../files/read_file.ts";
import { readTable } from "../files/read_table.ts";
import { removeFile } from "../files/remove_file.ts";
import { writeWholeFile } from "../files/write_whole_file.ts";
import type { SamplesRow, SpectraRow } from "../multifractal/spectra_tables.ts";
import { checkedJson } from "../schemas/checked_json.ts";
import type { RunRecord } from "./run_record.ts";
import { storedTablesRecord } from "./stored_records.ts";
import {
  EMERGENCE_COLUMNS,
  EXCESS_COLUMNS,
  SAMPLES_COLUMNS,
  SPECTRA_COLUMNS,
} from "./table_columns.ts";

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
export function tablePaths(out: string, model: string): Record<
  "emergence" | "spectra" | "samples" | "record",
  string
> {
  const folder = join(out, "emergence", model);
  return {
    emergence: join(out, "emergence", `E_${model}.csv`),
    spectra: join(folder, "spectra.csv"),
    samples: join(folder, "samples.csv"),
    record: join(folder, "run.json"),
  };
}

/** What `run.json` says: the record, and SHA-256 of each table beside it as it was written. */
interface StoredRecord extends RunRecord {
  readonly tables: Readonly<Record<"emergence" | "spectra" | "samples", string>>;
}

/**
 * Write a model's tables and then the record of what they were made from; an earlier record is removed first, so that
 * where there is one, the tables are those it speaks of.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measureRun, openRun, saveModelTables } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const run = await openRun("suite:nano-64");
 * const { record, ...tables } = await measureRun(run, { samples: 2, steps: [0, 4096] });
 * await saveModelTables(out, tables, record);
 * assert.ok((await Deno.stat(`${out}/emergence/E_nano-64.csv`)).isFile);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function saveModelTables(
  out: string,
  tables: ModelTables,
  record: RunRecord,
): Promise<void> {
  const paths = tablePaths(out, tables.model);
  await removeFile(paths.record);
  const stored: StoredRecord = {
    ...record,
    tables: {
      spectra: await writeTable(paths.spectra, SPECTRA_COLUMNS, tables.spectra),
      samples: await writeTable(paths.samples, SAMPLES_COLUMNS, tables.samples),
      emergence: hasExcess(tables.emergence)
        ? await writeTable(paths.emergence, EXCESS_COLUMNS, tables.emergence)
        : await writeTable(paths.emergence, EMERGENCE_COLUMNS, tables.emergence),
    },
  };
  await writeWholeFile(paths.record, `${JSON.stringify(stored, null, 2)}\n`);
}

/** Whether a model's tables are there as they were written, and were made from what the record says. */
export async function hasModelTables(out: string, record: RunRecord): Promise<boolean> {
  const stored = await readRecord(out, record.model).catch(() => null);
  if (stored === null) return false;
  const { tables: _, ...made } = stored;
  return JSON.stringify(made) === JSON.stringify(record) &&
    await changedTable(out, stored) === null;
}

/**
 * Read what a model's tables were made from.
 *
 * @throws {Error} If there is no such record, or what is there is none, saying what is wrong and how to make one.
 */
export async function readRecord(out: string, model: string): Promise<StoredRecord> {
  const path = tablePaths(out, model).record;
  const text = await ifThere(readText(path));
  if (text === null) {
    throw new Error(`${path} is not there; run --stage analyze for ${model} first`);
  }
  const advice = `run --stage analyze for ${model} again`;
  return checkedJson(text, storedTablesRecord(model), path, advice);
}

/** The path of a table that is not as it was written, `null` where all are. */
async function changedTable(out: string, { model, tables }: StoredRecord): Promise<string | null> {
  const paths = tablePaths(out, model);
  for (const table of ["emergence", "spectra", "samples"] as const) {
    const text = await Deno.readTextFile(paths[table]).catch(() => null);
    if (text === null || digestOf(text) !== tables[table]) return paths[table];
  }
  return null;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Write a table; returns its digest. */
async function writeTable<Column extends string>(
  path: string,
  columns: Readonly<Record<Column, string>>,
  rows: readonly Readonly<Record<Column, Cell>>[],
): Promise<string> {
  const text = formatCsv(Object.keys(columns) as Column[], rows);
  await writeWholeFile(path, text);
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
 * import { measureRun, openRun, readModelTables, saveModelTables } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const run = await openRun("suite:nano-64");
 * const { record, ...tables } = await measureRun(run, { samples: 2, steps: [0, 4096] });
 * await saveModelTables(out, tables, record);
 * const { emergence } = await readModelTables(out, "nano-64");
 * assert.deepEqual(emergence.map(({ step }) => step), [0, 4096]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function readModelTables(out: string, model: string): Promise<ModelTables> {
  const paths = tablePaths(out, model);
  const record = await readRecord(out, model);
  const changed = await changedTable(out, record);
  if (changed !== null) {
    throw new Error(
      `${changed} is not as it was written with ${paths.record}; run --stage analyze for ${model} again`,
    );
  }
  return {
    model,
    emergence: record.options.nullModel === undefined
      ? await readTable(paths.emergence, EMERGENCE_COLUMNS)
      : await readTable(paths.emergence, EXCESS_COLUMNS),
    spectra: await readTable(paths.spectra, SPECTRA_COLUMNS),
    samples: await readTable(paths.samples, SAMPLES_COLUMNS),
  };
}
