/** What a notebook shows in place of a value of the analysis: its picture or its table. */

import { isAbsolute } from "node:path";
import type { Checkpoint, CheckpointRun } from "../checkpoints/checkpoint.ts";
import type { Figure } from "../figures/render/draw_figure.ts";
import type { StepSpectra } from "../multifractal/multifractal_spectra.ts";
import { samplesTable, spectraTable } from "../multifractal/spectra_tables.ts";
import type { Measurement } from "../runs/measurement.ts";
import { describeRecord, type RunRecord } from "../runs/run_record.ts";
import { spreadSteps } from "../runs/spread_steps.ts";
import type { TableRows } from "../tables/shown_table.ts";
import type {
  MeasuredSpectrum,
  UnmeasuredSpectrum,
} from "../multifractal/multifractal_spectrum.ts";
import type { ModelTables } from "../runs/tables.ts";

/**
 * All that says what a value is, one below the other: of a measurement E over training, its spectra, and in words what was
 * used and left out; of anything else what {@linkcode shownValue} gives. A figure that has nothing to draw is left out.
 */
export async function shownValues(value: unknown): Promise<unknown[]> {
  if (!isMeasurement(value)) return [await shownValue(value)];
  const { model, spectra, made } = value;
  const steps = spreadSteps([...new Set(spectra.map(({ step }) => step))]);
  return [
    ...value.rows.every(({ E }) => Number.isNaN(E)) ? [] : [await overTraining(value)],
    ...steps.length === 0 ? [] : [(await figures()).spectraFigure(spectra, steps, { model, made })],
    String(value),
  ];
}

/** What draws, loaded when something is drawn: it is most of what a program loads. */
async function figures() {
  return {
    ...await import("../figures/emergence/emergence_over_training.ts"),
    ...await import("../figures/spectra/spectra.ts"),
    ...await import("../figures/spectra/spectrum.ts"),
  };
}

/** E over training. */
async function overTraining(
  { model, emergence, samples, made }: ModelTables & { readonly made?: string },
): Promise<Figure> {
  return (await figures()).emergenceOverTrainingFigure(model, emergence, samples, made);
}

/**
 * The picture, table or text that says what a value is: a run's summary, a checkpoint's tensors, spectra and a
 * single spectrum as their plots, a model's tables as E over training, a record in words. Anything else is
 * returned as it is.
 */
export async function shownValue(value: unknown): Promise<unknown> {
  if (isCheckpointRun(value)) return runSummary(value);
  if (isCheckpoint(value)) return tensorsTable(value);
  if (isSpectra(value)) return await spectraOrReasons(value);
  if (isMeasuredSpectrum(value)) return (await figures()).spectrumFigure(value);
  if (isUnmeasuredSpectrum(value)) return `${value.status}: ${value.reason}`;
  if (isModelTables(value)) {
    const { emergence } = value;
    return emergence.every(({ E }) => Number.isNaN(E)) ? emergence : await overTraining(value);
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

function tensorsTable({ tensors, entry }: Checkpoint): TableRows {
  const rows = [...tensors.values()].map(({ name, dtype, shape }) => (
    { tensor: name, dtype, shape: shape.join(" × "), values: shape.reduce((a, b) => a * b, 1) }
  ));
  // Of a file of several things: which of them this is.
  return entry === undefined ? rows : rows.map((row) => ({ entry, ...row }));
}

/** The spectra of one model's steps that have any; else every sample with what it lacks. */
async function spectraOrReasons(spectra: readonly StepSpectra[]): Promise<unknown> {
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
  const made = steps.length === spectra.length ? "" : `${steps.length} of ${spectra.length} steps.`;
  const [model] = models;
  return (await figures()).spectraFigure(spectraTable(measured), steps, { model: model!, made });
}

/** Fields and what each of them must be: a `typeof`, or an array. */
type Fields = Readonly<Record<string, "string" | "number" | "function" | "object" | "array">>;

function has(value: unknown, fields: Fields): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(fields).every(([name, type]) => {
    const field = (value as Record<string, unknown>)[name];
    return type === "array" ? Array.isArray(field) : typeof field === type && field !== null;
  });
}

/** Whether a value is the checkpoints of one model. */
export function isCheckpointRun(value: unknown): value is CheckpointRun {
  return has(value, { model: "string", source: "string", steps: "array", checkpoint: "function" });
}

/** Whether a value is one checkpoint. */
export function isCheckpoint(value: unknown): value is Checkpoint {
  return has(value, { model: "string", read: "function", digest: "function", tensors: "object" }) &&
    value.tensors instanceof Map;
}

/** Whether a value is the spectra of some steps, at least one. */
export function isSpectra(value: unknown): value is readonly StepSpectra[] {
  const fields = { model: "string", step: "number", digest: "string", samples: "array" } as const;
  return Array.isArray(value) && value.length > 0 &&
    value.every((step) =>
      has(step, fields) &&
      (step.samples as unknown[]).every((sample) => has(sample, { spectrum: "object" }))
    );
}

const counts = {
  edges: "number",
  nodes: "number",
  selectedNodes: "number",
  radii: "number",
} as const;

/** Whether a value is the spectrum of one network. */
export function isMeasuredSpectrum(value: unknown): value is MeasuredSpectrum {
  return has(value, { ...counts, q: "object", tau: "object", fAlpha: "object", alpha0: "number" });
}

/** Whether a value says why a network has no spectrum. */
export function isUnmeasuredSpectrum(value: unknown): value is UnmeasuredSpectrum {
  return has(value, { ...counts, status: "string", reason: "string" });
}

/** Whether a value is the tables of a model. */
export function isModelTables(value: unknown): value is ModelTables {
  return has(value, { model: "string", emergence: "array", spectra: "array", samples: "array" });
}

/** Whether a value is what {@linkcode measure} gives. */
export function isMeasurement(value: unknown): value is Measurement {
  return isModelTables(value) && has(value, { rows: "array", made: "string", record: "object" });
}

/** Whether a value is the record of an analysis. */
export function isRunRecord(value: unknown): value is RunRecord {
  const fields = { model: "string", options: "object", checkpoints: "array", versions: "object" };
  return has(value, { ...fields, threshold: "number" } as Fields);
}
