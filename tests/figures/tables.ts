/** Small tables to draw. */

import type { EmergenceRow } from "../../lib/emergence/degree_of_emergence.ts";
import type { SamplesRow, SpectraRow } from "../../lib/multifractal/spectra_tables.ts";

/** A row of E with an interval of ± 0.01. */
export function emergenceRow(step: number, E: number): EmergenceRow {
  const status = Number.isNaN(E) ? "none of 2 samples kept" : "ok";
  const alpha0 = 2 - E;
  return {
    ...{ step, alpha0, width: 1 + E, E, eLow: E - 0.01, eHigh: E + 0.01, samplesKept: 2 },
    status,
  };
}

/** A row of samples. */
export function samplesRow(step: number, sample: number, filtered: boolean | null): SamplesRow {
  return {
    ...{ step, sample, edges: 100, nodes: 10, selectedNodes: 8, radii: 20 },
    ...{ alpha0: 2, alpha0Index: 1, alpha0Analytic: 2, tie: false, width: 1, filtered },
    status: "ok",
  };
}

/** The spectrum of a sample at orders −1, 0 and 1 where tau bends by `bend`. */
export function spectrumRows(step: number, sample: number, bend: number): SpectraRow[] {
  const tau = [-1 - bend, 0, 1 - bend];
  return [-1, 0, 1].map((q, i) => ({
    ...{ step, sample, q, tau: tau[i]!, rValue: q === 0 ? 0 : 0.9 * q, pValue: 0, stderr: 0 },
    alpha: i < 2 ? tau[i + 1]! - tau[i]! : null,
    fAlpha: i < 2 ? q * (tau[i + 1]! - tau[i]!) - tau[i]! : null,
  }));
}
