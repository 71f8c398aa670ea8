/** Telling values of the analysis by their fields, since they are plain objects and arrays. */

import type { Checkpoint, CheckpointRun } from "../checkpoints/checkpoint.ts";
import type { StepSpectra } from "../multifractal/multifractal_spectra.ts";
import type {
  MeasuredSpectrum,
  UnmeasuredSpectrum,
} from "../multifractal/multifractal_spectrum.ts";
import type { RunRecord } from "../runs/run_record.ts";
import type { ModelTables } from "../runs/tables.ts";

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

/** Whether a value is the record of an analysis. */
export function isRunRecord(value: unknown): value is RunRecord {
  const fields = { model: "string", options: "object", checkpoints: "array", versions: "object" };
  return has(value, { ...fields, threshold: "number" } as Fields);
}
