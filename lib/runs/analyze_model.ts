/** From the name of a model to its tables. */
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { openRun } from "../checkpoints/open_run.ts";
import { degreeOfEmergence } from "../emergence/degree_of_emergence.ts";
import { type Cell, formatCsv } from "../files/csv.ts";
import { writeWholeFile } from "../files/write_whole_file.ts";
import { multifractalSpectra } from "../multifractal/multifractal_spectra.ts";
import { samplesTable, spectraTable } from "../multifractal/spectra_tables.ts";
import { sampleNetworks } from "../networks/sample_networks.ts";
import {
  EMERGENCE_COLUMNS,
  type ModelTables,
  SAMPLES_COLUMNS,
  SPECTRA_COLUMNS,
  tablePaths,
} from "./tables.ts";

/** What decides the tables of a model. */
export interface AnalysisOptions {
  /** Samples of each checkpoint. */
  readonly samples: number;
  /** Longest edge that counts. */
  readonly threshold: number;
}

/** Where an analysis writes and whom it tells. */
export interface AnalyzeModelOptions extends AnalysisOptions {
  /** Folder of the results; tables go to `<out>/emergence/`. */
  readonly out: string;
  /** Called after each network with the networks measured and their number in all. */
  readonly onNetwork?: (measured: number, total: number) => void;
}

/**
 * Measure a model's spectra and degree of emergence and write them as `emergence/E_<model>.csv`,
 * `emergence/<model>/spectra.csv`, `samples.csv` and `run.json` under `out`. Nothing is written before
 * everything is measured.
 *
 * @throws {Error} If the run has no step 0, or a checkpoint cannot be measured.
 */
export async function analyzeModel(
  name: string,
  { out, onNetwork, ...options }: AnalyzeModelOptions,
): Promise<ModelTables> {
  const run = await openRun(name);
  requireStep0(run);
  const total = run.steps.length * options.samples;
  const spectra = await multifractalSpectra(
    sampleNetworks(run, { samples: options.samples }),
    { threshold: options.threshold, onNetwork: (measured) => onNetwork?.(measured, total) },
  );
  const tables = {
    model: run.model,
    emergence: degreeOfEmergence(spectra),
    spectra: spectraTable(spectra),
    samples: samplesTable(spectra),
  };
  const record = {
    model: run.model,
    options,
    checkpoints: spectra.map(({ step, digest }) => ({ step, sha256: digest })),
  };
  const paths = tablePaths(out, run.model);
  await writeTable(paths.spectra, SPECTRA_COLUMNS, tables.spectra);
  await writeTable(paths.samples, SAMPLES_COLUMNS, tables.samples);
  await writeWholeFile(paths.record, `${JSON.stringify(record, null, 2)}\n`);
  await writeTable(paths.emergence, EMERGENCE_COLUMNS, tables.emergence);
  return tables;
}

async function writeTable<Column extends string>(
  path: string,
  columns: Readonly<Record<Column, string>>,
  rows: readonly Readonly<Record<Column, Cell>>[],
): Promise<void> {
  await writeWholeFile(path, formatCsv(Object.keys(columns) as Column[], rows));
}

function requireStep0({ model, steps, source }: CheckpointRun): void {
  if (steps.includes(0)) return;
  throw new Error(
    `${model} has no checkpoint of step 0, and E compares every step with the untrained model; ` +
      `steps in ${source}: ${steps.join(", ")}`,
  );
}
