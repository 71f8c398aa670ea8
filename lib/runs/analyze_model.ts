/** From the name of a model to its tables. */
import { join } from "node:path";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { openRun } from "../checkpoints/open_run.ts";
import { degreeOfEmergence, type EmergenceRow } from "../emergence/degree_of_emergence.ts";
import { formatCsv } from "../files/csv.ts";
import { writeWholeFile } from "../files/write_whole_file.ts";
import { multifractalSpectra } from "../multifractal/multifractal_spectra.ts";
import { samplesTable, type SpectraRow, spectraTable } from "../multifractal/spectra_tables.ts";
import { sampleNetworks } from "../networks/sample_networks.ts";

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

/** The tables of one model. */
export interface ModelTables {
  readonly model: string;
  readonly emergence: readonly EmergenceRow[];
  readonly spectra: readonly SpectraRow[];
}

const EMERGENCE_COLUMNS = [
  ...["step", "alpha_0", "width", "E", "E_low", "E_high"] as const,
  ...["samples_kept", "status"] as const,
] as const;
const SPECTRA_COLUMNS = [
  ...["step", "sample", "q", "tau", "r_value", "p_value", "stderr", "alpha", "f_alpha"] as const,
] as const;
const SAMPLES_COLUMNS = [
  ...["step", "sample", "edges", "nodes", "selected_nodes", "radii", "alpha_0"] as const,
  ...["alpha_0_index", "alpha_0_analytic", "tie", "width", "filtered", "status"] as const,
] as const;

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
  const emergence = degreeOfEmergence(spectra);
  const rows = spectraTable(spectra);
  const folder = join(out, "emergence", run.model);
  const record = {
    model: run.model,
    options,
    checkpoints: spectra.map(({ step, digest }) => ({ step, sha256: digest })),
  };
  await writeWholeFile(join(folder, "spectra.csv"), formatCsv(SPECTRA_COLUMNS, rows));
  await writeWholeFile(
    join(folder, "samples.csv"),
    formatCsv(SAMPLES_COLUMNS, samplesTable(spectra)),
  );
  await writeWholeFile(join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
  await writeWholeFile(
    join(out, "emergence", `E_${run.model}.csv`),
    formatCsv(EMERGENCE_COLUMNS, emergence),
  );
  return { model: run.model, emergence, spectra: rows };
}

function requireStep0({ model, steps, source }: CheckpointRun): void {
  if (steps.includes(0)) return;
  throw new Error(
    `${model} has no checkpoint of step 0, and E compares every step with the untrained model; ` +
      `steps in ${source}: ${steps.join(", ")}`,
  );
}
