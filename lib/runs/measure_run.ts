/** From a run to its tables, in memory. */
import { countWeights } from "../checkpoints/count_weights.ts";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { degreeOfEmergence } from "../emergence/degree_of_emergence.ts";
import { multifractalSpectra } from "../multifractal/multifractal_spectra.ts";
import { samplesTable, spectraTable } from "../multifractal/spectra_tables.ts";
import { sampleNetworks } from "../networks/sample_networks.ts";
import { analysisOptions, type PartialAnalysisOptions } from "./analysis_options.ts";
import { networkOptions } from "./network_options.ts";
import { duplicatesAmong, refuseDuplicates } from "./open_selected_run.ts";
import { type RunRecord, runRecord } from "./run_record.ts";
import type { ModelTables } from "./tables.ts";
import { thresholdLength } from "./threshold_length.ts";
import { boxOptions, spectrumChoices, spectrumOptions } from "./units/spectrum_choices.ts";

/** How a run's whole networks are measured; what is left out is as in {@linkcode analysisOptions}. */
export interface MeasureRunOptions extends Omit<PartialAnalysisOptions, "only"> {
  /** The steps to measure, step 0 among them; default all. */
  readonly steps?: readonly number[];
  /** Go on where steps hold the same weights. */
  readonly allowDuplicates?: boolean;
  /** Called after each network with the number of networks measured so far. */
  readonly onNetwork?: (measured: number) => void;
}

/** The tables of a run, its size, and what decided them. */
export interface MeasuredRun extends ModelTables {
  /** Number of weights of the model. */
  readonly weights: number;
  /** What the tables were made from; {@linkcode describeRecord} puts it in words. */
  readonly record: RunRecord;
}

/**
 * Sample the networks of a run, take their spectra and E: the tables that {@linkcode analyzeModel} writes, with nothing
 * written and nothing read but the checkpoints.
 *
 * @param run The run.
 * @param options Every choice, and the steps.
 * @throws {RangeError} If step 0 is missing or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If a checkpoint cannot be measured, or two steps hold the same weights.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measureRun, openRun } from "neuromfa";
 *
 * const run = await openRun("suite:nano-64");
 * const { weights, emergence, record } = await measureRun(run, {
 *   samples: 2,
 *   threshold: { medians: 1 },
 *   steps: [0, 4096],
 * });
 * assert.equal(weights, 210_304);
 * assert.ok(emergence.at(-1)!.E > 0);
 * assert.ok(record.threshold > 20 && record.threshold < 21); // the median length, before training
 * ```
 */
export async function measureRun(
  run: CheckpointRun,
  { steps = run.steps, allowDuplicates = false, onNetwork, ...given }: MeasureRunOptions = {},
): Promise<MeasuredRun> {
  const options = analysisOptions(given);
  if (options.only !== undefined) {
    throw new TypeError(
      `measureRun has no option "only"; give it to analyzeModel, or measure groups by multifractalSpectraByGroup`,
    );
  }
  if (options.nullModel !== undefined) {
    throw new TypeError(
      `measureRun has no option "nullModel"; give it to analyzeModel, or measure nullRun and compare by excessEmergence`,
    );
  }
  if (!allowDuplicates) refuseDuplicates(run, await duplicatesAmong(run, steps), {});
  const networks = (some: readonly number[]) =>
    sampleNetworks(run, { ...networkOptions(options), steps: some });
  const threshold = await thresholdLength(options.threshold, () => networks([0]));
  const choices = spectrumChoices(options, threshold);
  const spectra = await multifractalSpectra(networks(steps), {
    ...boxOptions(choices),
    ...spectrumOptions(choices),
    ...onNetwork && { onNetwork },
  });
  const digests = new Map(spectra.map(({ step, digest }) => [step, digest]));
  return {
    model: run.model,
    weights: countWeights((await run.checkpoint(0)).tensors),
    emergence: degreeOfEmergence(spectra, { filterMode: options.filterMode }),
    spectra: spectraTable(spectra),
    samples: samplesTable(spectra, options.filterMode),
    record: runRecord(run.model, options, threshold, digests),
  };
}
