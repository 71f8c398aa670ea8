/** From a plan's units to the tables of E. */
import type { DuplicateSteps } from "../../checkpoints/duplicate_steps.ts";
import { degreeOfEmergence, type EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { fullNetworkSpectrum } from "../../multifractal/full_network_spectrum.ts";
import type { MeasuredPart } from "../../multifractal/measure_full_network_part.ts";
import type { MultifractalSpectrum } from "../../multifractal/multifractal_spectrum.ts";
import { samplesTable, spectraTable } from "../../multifractal/spectra_tables.ts";
import { isFull } from "../analysis_options.ts";
import type { ModelTables } from "../tables.ts";
import type { MeasuredSample } from "./measured_sample.ts";
import type { RunPlan } from "./run_plan.ts";
import { type ReadStep, unitsByStep } from "./units_by_step.ts";

/** One spectrum of a step, by the number of its sample. */
interface NumberedSpectrum {
  readonly sample: number;
  readonly spectrum: MultifractalSpectrum;
}

/**
 * The tables of E of a run.
 *
 * @param plan What was measured.
 * @param read Reads the units of a step.
 * @throws {Error} If a unit cannot be read.
 */
export async function emergenceTables(plan: RunPlan, read: ReadStep): Promise<ModelTables> {
  const { options } = plan.emergence!;
  const { filterMode } = options;
  const steps: { step: number; samples: NumberedSpectrum[] }[] = [];
  for (const { step, units } of unitsByStep(plan)) {
    const values = await read(units);
    const samples = isFull(options)
      ? [{ sample: 0, spectrum: fullNetworkSpectrum(values as MeasuredPart[], choicesOf(options)) }]
      : (values as MeasuredSample[]).map(({ spectrum }, i) => ({
        sample: units[i]!.part.index,
        spectrum: spectrum!,
      }));
    steps.push({ step, samples });
  }
  const emergence = degreeOfEmergence(steps, { filterMode });
  const named = isFull(options)
    ? steps.map(({ step, samples: [only] }) => ({
      step,
      samples: [{ sample: "full" as const, spectrum: only!.spectrum }],
    }))
    : steps;
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

function choicesOf(
  { alpha0, filterTolerance }: Parameters<typeof fullNetworkSpectrum>[1] & object,
) {
  return {
    ...alpha0 !== undefined && { alpha0 },
    ...filterTolerance !== undefined && { filterTolerance },
  };
}

/** The full network has no interval, and not for lack of samples. */
function withoutSamples(row: EmergenceRow): EmergenceRow {
  return row.status.startsWith("no interval")
    ? { ...row, status: "no interval: the full network is no sample" }
    : row;
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
