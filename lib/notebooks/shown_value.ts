/** What a notebook shows in place of a value of the analysis: its picture or its table. */

import { isAbsolute } from "node:path";
import type { Checkpoint, CheckpointRun } from "../checkpoints/checkpoint.ts";
import { emergenceOverTrainingFigure } from "../figures/emergence_over_training.ts";
import { spectraFigure } from "../figures/spectra.ts";
import { spectrumFigure } from "../figures/spectrum.ts";
import type { StepSpectra } from "../multifractal/multifractal_spectra.ts";
import { samplesTable, spectraTable } from "../multifractal/spectra_tables.ts";
import { describeRecord } from "../runs/describe_record.ts";
import { spreadSteps } from "../runs/spread_steps.ts";
import type { TableRows } from "../tables/table_cells.ts";
import {
  isCheckpoint,
  isCheckpointRun,
  isMeasuredSpectrum,
  isModelTables,
  isRunRecord,
  isSpectra,
  isUnmeasuredSpectrum,
} from "./value_kinds.ts";

/**
 * The picture, table or text that says what a value is: a run's summary, a checkpoint's tensors, spectra and a
 * single spectrum as their plots, a model's tables as E over training, a record in words. Anything else is
 * returned as it is.
 */
export function shownValue(value: unknown): unknown {
  if (isCheckpointRun(value)) return runSummary(value);
  if (isCheckpoint(value)) return tensorsTable(value);
  if (isSpectra(value)) return spectraOrReasons(value);
  if (isMeasuredSpectrum(value)) return spectrumFigure(value);
  if (isUnmeasuredSpectrum(value)) return `${value.status}: ${value.reason}`;
  if (isModelTables(value)) {
    const { model, emergence, samples } = value;
    if (emergence.every(({ E }) => Number.isNaN(E))) return emergence;
    return emergenceOverTrainingFigure(model, emergence, samples);
  }
  return isRunRecord(value) ? describeRecord(value) : value;
}

function runSummary({ model, source, steps, warnings = [] }: CheckpointRun): TableRows {
  // Where a local run lies is left out: an executed notebook would differ from machine to machine.
  const from = isAbsolute(source) ? [] : [["source", source]];
  const rows = [
    ...[["model", model], ...from, ["checkpoints", `${steps.length}`], ["steps", steps.join(", ")]],
    ...warnings.map((warning) => ["warning", warning]),
  ];
  return rows.map(([what, value]) => ({ run: what, value }));
}

function tensorsTable({ tensors }: Checkpoint): TableRows {
  return [...tensors.values()].map(({ name, dtype, shape }) => (
    { tensor: name, dtype, shape: shape.join(" × "), values: shape.reduce((a, b) => a * b, 1) }
  ));
}

/** The spectra of one model's steps that have any; else every sample with what it lacks. */
function spectraOrReasons(spectra: readonly StepSpectra[]): unknown {
  const models = new Set(spectra.map(({ model }) => model));
  const measured = spectra.filter(({ samples }) =>
    samples.some(({ spectrum }) => spectrum.status === "ok")
  );
  if (models.size > 1 || measured.length === 0) {
    return spectra.flatMap((step) =>
      samplesTable([step]).map((row) => ({ model: step.model, ...row }))
    );
  }
  const steps = spreadSteps(measured.map(({ step }) => step));
  const drawn = steps.length === spectra.length
    ? ""
    : `${steps.length} of ${spectra.length} steps.`;
  return spectraFigure(spectraTable(measured), steps, { model: [...models][0]!, made: drawn });
}
