/** From a plan's units to the tables of E. */

import type { DuplicateSteps } from "../../checkpoints/duplicate_steps.ts";
import {
  type ComparableSpectrum,
  type ComparableStep,
  degreeOfEmergence,
  type EmergenceRow,
} from "../../emergence/degree_of_emergence.ts";
import { excessEmergence } from "../../emergence/excess_emergence.ts";
import { fullNetworkSpectrum } from "../../multifractal/full_network_spectrum.ts";
import type { MeasuredPart } from "../../multifractal/measure_full_network_part.ts";
import type { MultifractalSpectrum } from "../../multifractal/multifractal_spectrum.ts";
import { samplesTable, spectraTable } from "../../multifractal/spectra_tables.ts";
import { type AnalysisOptions, isFull } from "../analysis_options.ts";
import type { ModelTables } from "../tables.ts";
import type { MeasuredSample } from "./measured_sample.ts";
import { nullDrawsOf, type ReadStep, type RunPlan, unitsByStep } from "./run_plan.ts";
import type { Unit } from "./unit.ts";

/** One spectrum of a step, by the number of its sample. */
type NumberedSpectrum = { readonly sample: number; readonly spectrum: MultifractalSpectrum };

/** The tables of E of a run; rejects if a unit cannot be read. */
export async function emergenceTables(plan: RunPlan, read: ReadStep): Promise<ModelTables> {
  const { options } = plan.emergence!;
  const { filterMode } = options;
  const steps: { step: number; samples: NumberedSpectrum[] }[] = [];
  for (const { step, units } of unitsByStep(plan)) {
    steps.push({ step, samples: spectraOf(units, await read(units), options) });
  }
  const nulls: ComparableStep[][] = [];
  for (const { draw } of nullDrawsOf(plan)) {
    const ofDraw: ComparableStep[] = [];
    for (const { step, units } of unitsByStep(plan, draw)) {
      const samples = spectraOf(units, await read(units), options);
      ofDraw.push({ step, samples: samples.map(comparable) });
    }
    nulls.push(ofDraw);
  }
  const emergence = nulls.length === 0
    ? degreeOfEmergence(steps, { filterMode })
    : excessEmergence(steps, nulls, { filterMode });
  const named = steps.map(({ step, samples }) => ({
    step,
    samples: isFull(options)
      ? samples.map(({ spectrum }) => ({ sample: "full" as const, spectrum }))
      : samples,
  }));
  return {
    model: plan.model,
    emergence: markDuplicates(
      isFull(options) ? emergence.map(withoutSamples) : emergence,
      plan.duplicates,
    ),
    spectra: spectraTable(named),
    samples: samplesTable(named, filterMode),
  };
}

/** The spectra of one checkpoint or null model, from its units. */
function spectraOf(
  units: readonly Unit[],
  values: readonly unknown[],
  options: AnalysisOptions,
): NumberedSpectrum[] {
  if (isFull(options)) {
    const { alpha0, filterTolerance, radii } = options,
      choices = { alpha0, filterTolerance, radii };
    return [{ sample: 0, spectrum: fullNetworkSpectrum(values as MeasuredPart[], choices) }];
  }
  return (values as MeasuredSample[]).map(({ spectrum }, i) => ({
    sample: units[i]!.part.index,
    spectrum: spectrum!,
  }));
}

/** Only what E is made of, for the null models of a long run have many spectra. */
function comparable(
  { sample, spectrum }: NumberedSpectrum,
): { sample: number; spectrum: ComparableSpectrum } {
  if (spectrum.status !== "ok") return { sample, spectrum };
  const { status, alpha0, width, filterPass } = spectrum;
  return { sample, spectrum: { status, alpha0, width, filterPass } };
}

/** The full network has no interval, and not for lack of samples. */
function withoutSamples<Row extends EmergenceRow>(row: Row): Row {
  const why = "no interval: the full network is no sample";
  return { ...row, status: row.status.replace(/^no interval[^;]*/, why) };
}

/** Rows of E whose steps hold the same weights as others say so in their status. */
function markDuplicates<Row extends EmergenceRow>(
  rows: readonly Row[],
  duplicates: readonly DuplicateSteps[],
): Row[] {
  return rows.map((row) => {
    const same = duplicates.flatMap(({ steps }) => steps.includes(row.step) ? steps : [])
      .filter((step) => step !== row.step);
    if (same.length === 0) return row;
    const mark = `same weights as step ${[...new Set(same)].join(", ")}`;
    return { ...row, status: row.status === "ok" ? mark : `${row.status}; ${mark}` };
  });
}
