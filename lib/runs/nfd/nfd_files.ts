/** Where the tables of node fractal dimensions lie under the folder of results, and what columns they have. */

import { join } from "node:path";
import { formatCsv } from "../../files/csv.ts";
import { plainName } from "../../files/plain_name.ts";
import { type ColumnType, readTable, type TableRow } from "../../files/read_table.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import type { SampleNumber } from "../../multifractal/spectra_tables.ts";
import type { NfdComparisonRow, NfdEvolutionRow, NfdRow } from "../../nfd/nfd_tables.ts";

/** Folder of a model's tables. */
export function modelFolder(out: string, model: string): string {
  return join(out, "nfd", plainName(model, "the model's name"));
}

/** Folder of the comparisons of models. */
export function comparisonsFolder(out: string): string {
  return join(out, "nfd", "comparisons");
}

/** A kind of table: its columns are an interface, its place tells which of them it is. */
export interface TableFile<Row, Place> {
  /** Where a table lies. */
  path(out: string, place: Place): string;
  /** A table's text. */
  format(rows: readonly Row[]): string;
  /** Write a table; the file is there whole or not at all. */
  write(out: string, place: Place, rows: readonly Row[]): Promise<void>;
  /** Read a table; rejects, saying what to do, if it is not there. */
  read(out: string, place: Place): Promise<Row[]>;
}

/** All but the count are missing where the count is 0; of a single node, the standard deviation is. */
const statistics = {
  mean: "number|NaN",
  median: "number|NaN",
  std: "number|NaN",
  min: "number|NaN",
  max: "number|NaN",
  range: "number|NaN",
  count: "number",
} as const;

/** The nodes of one network. */
export const nodesFile: TableFile<
  NfdRow,
  { model: string; step: number; sample: SampleNumber }
> = tableFile(
  {
    nodeId: "number",
    layer: "text",
    role: "text",
    nfdValue: "number",
    edges: "number",
    status: "text",
  },
  (out, { model, step, sample }) =>
    join(modelFolder(out, model), `nfd_${model}_step${step}_${nameOf(sample)}.csv`),
);

/** The statistics of one sample over training. */
export const evolutionFile: TableFile<
  NfdEvolutionRow,
  { model: string; sample: SampleNumber }
> = tableFile(
  { step: "number", ...statistics },
  (out, { model, sample }) =>
    join(modelFolder(out, model), `nfd_evolution_${model}_${nameOf(sample)}.csv`),
);

/** The statistics of several models at one step. */
export const comparisonFile: TableFile<
  NfdComparisonRow,
  { step: number; sample: SampleNumber }
> = tableFile(
  { model: "text", modelSize: "number", ...statistics },
  (out, { step, sample }) =>
    join(comparisonsFolder(out), `nfd_comparison_step${step}_${nameOf(sample)}.csv`),
);

/** What a sample is called in the names of files. */
export function nameOf(sample: SampleNumber): string {
  return sample === "full" ? "full" : `sample${sample}`;
}

function tableFile<const Columns extends Readonly<Record<string, ColumnType>>, Place>(
  columns: Columns,
  path: (out: string, place: Place) => string,
): TableFile<TableRow<Columns>, Place> {
  const names = Object.keys(columns) as (keyof Columns & string)[];
  const format = (rows: readonly TableRow<Columns>[]) => formatCsv(names, rows);
  return {
    path,
    format,
    write: (out, place, rows) => writeWholeFile(path(out, place), format(rows)),
    async read(out, place) {
      try {
        return await readTable(path(out, place), columns);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
        throw new Error(
          `${path(out, place)} is not there; calculate the node fractal dimensions first`,
        );
      }
    },
  };
}
