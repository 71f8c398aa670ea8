/** From the name of a model to its tables. */
import type { DuplicateSteps } from "../checkpoints/duplicate_steps.ts";
import { degreeOfEmergence, type EmergenceRow } from "../emergence/degree_of_emergence.ts";
import { multifractalSpectra } from "../multifractal/multifractal_spectra.ts";
import { qGrid } from "../multifractal/q_grid.ts";
import { samplesTable, spectraTable } from "../multifractal/spectra_tables.ts";
import { medianLength } from "../networks/median_length.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import { type ModelNetworks, openModelNetworks } from "./model_networks.ts";
import type { RunAccess } from "./open_selected_run.ts";
import { type RunRecord, runRecord } from "./run_record.ts";
import { hasModelTables, type ModelTables, readModelTables, saveModelTables } from "./tables.ts";

/** Where an analysis reads and writes, and whom it tells. */
export interface AnalyzeModelOptions extends RunAccess {
  /** What decides the tables. */
  readonly options: AnalysisOptions;
  /** Folder of the results; tables go to `<out>/emergence/`. */
  readonly out: string;
  /** Folder of stored networks, read where they are there. */
  readonly store: string;
  /** The steps to analyse, step 0 among them; default all. */
  readonly steps?: readonly number[] | undefined;
  /** Leave tables alone that were made from the same checkpoints by the same options and versions. */
  readonly skipExisting?: boolean;
  /** Called at the start and after each network with the networks measured and their number in all. */
  readonly onNetwork?: (measured: number, total: number) => void;
}

/** The tables of a model, and whether they were there already. */
export interface AnalyzedModel extends ModelTables {
  /** What the tables were made from. */
  readonly record: RunRecord;
  /** Whether nothing was computed because the tables were there. */
  readonly skipped: boolean;
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
  { options, out, store, steps, skipExisting = false, onNetwork, ...access }: AnalyzeModelOptions,
): Promise<AnalyzedModel> {
  const opened = await openModelNetworks(name, options, store, steps, access);
  const threshold = await thresholdLength(opened, options.threshold);
  const record = runRecord(opened.model, options, threshold, opened.digests);
  if (skipExisting && await hasModelTables(out, record)) {
    return { ...await readModelTables(out, opened.model), record, skipped: true };
  }
  const total = opened.steps.length * options.samples;
  onNetwork?.(0, total);
  const { digits, distance, layers, alpha0, filterMode, filterTolerance } = options;
  const spectra = await multifractalSpectra(opened.networks(), {
    ...{ threshold, digits, distance, alpha0, filterTolerance },
    ...distance === "path" && { layers },
    q: qGrid(options.q),
    onNetwork: (measured) => onNetwork?.(measured, total),
  });
  const tables = {
    model: opened.model,
    emergence: markDuplicates(degreeOfEmergence(spectra, { filterMode }), opened.duplicates),
    spectra: spectraTable(spectra),
    samples: samplesTable(spectra, filterMode),
  };
  await saveModelTables(out, tables, record);
  return { ...tables, record, skipped: false };
}

/** The threshold as a length. */
async function thresholdLength(
  opened: ModelNetworks,
  threshold: AnalysisOptions["threshold"],
): Promise<number> {
  if (typeof threshold === "number") return threshold;
  const untrained = await Array.fromAsync(opened.networks([0]), ({ network }) => network);
  return threshold.medians * medianLength(untrained);
}

/** Rows of E whose steps hold the same weights as others say so in their status. */
function markDuplicates(
  rows: readonly EmergenceRow[],
  duplicates: readonly DuplicateSteps[],
): EmergenceRow[] {
  return rows.map((row) => {
    const same = duplicates.flatMap(({ steps }) => steps.includes(row.step) ? steps : [])
      .filter((step) => step !== row.step);
    if (same.length === 0) return row;
    const mark = `same weights as step ${[...new Set(same)].join(", ")}`;
    return { ...row, status: row.status === "ok" ? mark : `${row.status}; ${mark}` };
  });
}
