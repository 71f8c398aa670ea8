/** The tables of a model: which columns they have and where they lie under the folder of the results. */
import { join } from "node:path";
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import { readTable, type TableRow } from "../files/read_table.ts";
import type { SamplesRow, SpectraRow } from "../multifractal/spectra_tables.ts";

/** Columns of `E_<model>.csv`. */
export const EMERGENCE_COLUMNS = {
  step: "number",
  alpha_0: "number|NaN",
  width: "number|NaN",
  E: "number|NaN",
  E_low: "number|NaN",
  E_high: "number|NaN",
  samples_kept: "number",
  status: "text",
} as const;

/** Columns of `spectra.csv`. */
export const SPECTRA_COLUMNS = {
  step: "number",
  sample: "number",
  q: "number",
  tau: "number",
  r_value: "number",
  p_value: "number",
  stderr: "number",
  alpha: "number?",
  f_alpha: "number?",
} as const;

/** Columns of `samples.csv`. */
export const SAMPLES_COLUMNS = {
  step: "number",
  sample: "number",
  edges: "number",
  nodes: "number",
  selected_nodes: "number",
  radii: "number",
  alpha_0: "number?",
  alpha_0_index: "number?",
  alpha_0_analytic: "number?",
  tie: "boolean?",
  width: "number?",
  filtered: "boolean?",
  status: "text",
} as const;

/** The tables of one model. */
export interface ModelTables {
  /** The model's name. */
  readonly model: string;
  /** E of every step. */
  readonly emergence: readonly EmergenceRow[];
  /** Every order of every sample. */
  readonly spectra: readonly SpectraRow[];
  /** Every sample. */
  readonly samples: readonly SamplesRow[];
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

/**
 * Read a model's tables back.
 *
 * @throws {Error} If one is missing, saying how to make it, or is not such a table.
 */
export async function readModelTables(out: string, model: string): Promise<ModelTables> {
  const paths = tablePaths(out, model);
  const read = async <Columns extends Parameters<typeof readTable>[1]>(
    path: string,
    columns: Columns,
  ) => {
    try {
      return await readTable(path, columns) as TableRow<Columns>[];
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new Error(`${path} is not there; run --stage analyze for ${model} first`);
    }
  };
  return {
    model,
    emergence: await read(paths.emergence, EMERGENCE_COLUMNS),
    spectra: await read(paths.spectra, SPECTRA_COLUMNS),
    samples: await read(paths.samples, SAMPLES_COLUMNS),
  };
}
