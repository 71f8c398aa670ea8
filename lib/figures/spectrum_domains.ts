/** The axes that panels of spectra share. */
import type { SpectraRow } from "../multifractal/spectra_tables.ts";

/** Share of an axis that is left free at either end. */
const MARGIN = 0.03;

/**
 * Domains of alpha and f(alpha) that hold every sample of some steps.
 *
 * @param tables The tables of spectra, one a panel.
 * @param steps The steps drawn.
 */
export function spectrumDomains(
  tables: readonly (readonly SpectraRow[])[],
  steps: readonly number[],
): { x: [number, number]; y: [number, number] } {
  const rows = tables.flatMap((table) =>
    table.filter(({ step, alpha }) => alpha !== null && steps.includes(step))
  );
  return {
    x: domain(rows.map(({ alpha }) => alpha!)),
    y: domain(rows.map(({ f_alpha }) => f_alpha!)),
  };
}

function domain(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [low - MARGIN * (high - low), high + MARGIN * (high - low)];
}
