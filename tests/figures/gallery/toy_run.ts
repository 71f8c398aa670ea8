/** What a run would give, made up from a few formulas: enough of it to draw every figure, and the same on every machine. */

import type { BenchmarkScore } from "../../../lib/scores/score_table.ts";
import type { EmergenceRow } from "../../../lib/emergence/degree_of_emergence.ts";
import type { ModelEmergence } from "../../../lib/figures/emergence/models_over_training.ts";
import type { SamplesRow, SpectraRow } from "../../../lib/multifractal/spectra_tables.ts";
import { samplesRow } from "../tables.ts";

/** The steps of the toy run. */
export const steps: readonly number[] = [0, 16, 64, 256, 1024, 4096];
/** How the captions say that it was made. */
export const made = "toy: threshold 150, 3 samples.";

/** The share of the way that training has gone at each step. */
const progress = [0, 0.01, 0.05, 0.4, 0.8, 1];

/** The table of E of a model that ends at `E`. */
export function toyEmergence(E: number): EmergenceRow[] {
  return steps.map((step, i) => {
    const own = E * progress[i]!, half = 0.15 * Math.abs(own);
    return {
      ...{ step, alpha0: 2 - own, width: 1 + own / 2, E: own, eLow: own - half },
      ...{ eHigh: own + half, samplesKept: 3, status: "ok" },
    };
  });
}

/** The table of samples of the same model, three a step. */
export function toySamples(E: number): SamplesRow[] {
  return toyEmergence(E).flatMap(({ step, alpha0, width }) =>
    [-1, 0, 1].map((off, sample) => (
      { ...samplesRow(step, sample, false), alpha0: alpha0 + off / 50, width: width + off / 25 }
    ))
  );
}

/** A model of the run, as figures of several take it. */
export function toyModel(model: string, weights: number, E: number): ModelEmergence {
  return { model, weights, rows: toyEmergence(E), samples: toySamples(E) };
}

/** Three skills that come one after another. */
export function toyScores(best = 1): BenchmarkScore[] {
  const skills = { copying: [0, 0, 0.1, 0.9, 1, 1], recall: [0, 0.1, 0.2, 0.3, 0.4, 0.4] };
  const late = [0, 0, 0, 0, 0.2, 0.9];
  return Object.entries({ ...skills, addition: late }).flatMap(([metric, values]) =>
    values.map((value, i) => ({ step: steps[i]!, metric, value: best * value, stderr: 0.02 }))
  );
}

/** The table of spectra: three samples a step, whose tau bends the more the longer they train, orders −3 to 3 by 0.5. */
export function toySpectra(bend = 0.05): SpectraRow[] {
  const orders = Array.from({ length: 13 }, (_, i) => -3 + i / 2);
  return steps.flatMap((step, s) =>
    [-1, 0, 1].flatMap((off, sample) => {
      const slope = 1.5 - 0.4 * progress[s]! + off / 20,
        curve = bend * (1 + progress[s]! + off / 10);
      const tau = orders.map((q) => slope * q - curve * q * q);
      return orders.map((q, i) => {
        const alpha = i + 1 < orders.length ? (tau[i + 1]! - tau[i]!) / 0.5 : null;
        return {
          ...{ step, sample, q, tau: tau[i]!, rValue: q === 0 ? 0 : 0.98 * Math.sign(q) },
          ...{ pValue: 0, stderr: 0.01, alpha },
          fAlpha: alpha === null ? null : q * alpha - tau[i]!,
        };
      });
    })
  );
}
