/** What the status of a row says where its numbers are certain without reason. */

import type { FilterMode } from "../options/values.ts";
import type {
  MeasuredSpectrum,
  UnmeasuredSpectrum,
} from "../multifractal/multifractal_spectrum.ts";
import { fragileRadii } from "./fragile_radii.ts";

/** A sample's spectrum; what is not known of it is not noted. */
type Evidence =
  | (
    & Pick<MeasuredSpectrum, "status" | "alpha0" | "width" | "filterPass">
    & Partial<
      Pick<MeasuredSpectrum, "selectedNodes" | "q" | "rValue" | "smallestRadii" | "drawnShare">
    >
  )
  | Pick<UnmeasuredSpectrum, "status">;

/** With fewer neurons, a partition function is a sum over a handful of masses, and one neuron more or less moves every slope. */
const FEW_NEURONS = 30;

/**
 * Least share of the variance of ln Z over ln r that a fit should explain. Below it the line says less of the partition function
 * than what is left beside it, and its slope tau(q) is no exponent of a power law. It is a low mark: masses only grow
 * with the radius, so that any curve of them reaches much of it.
 */
const LEAST_R2 = 0.5;

/** How the note begins that other samples may have other radii. */
export const TOO_NARROW = "interval may be too narrow";

/** A step's samples. */
export interface StepEvidence {
  readonly samples: readonly { readonly spectrum: Evidence }[];
}

/** Whether at each step all samples gave the same numbers, as samples of the same neurons do, which say nothing of the others. */
export function areSameSamples(steps: readonly StepEvidence[], filterMode: FilterMode): boolean {
  const kept = steps.map((step) => keptOf(step, filterMode));
  return kept.some(({ length }) => length > 1) &&
    kept.every(([first, ...others]) =>
      others.every(({ alpha0, width }) => alpha0 === first!.alpha0 && width === first!.width)
    );
}

/**
 * A row with what its step lacks as evidence: no interval if samples are the same, and notes on
 * intervals that may be too narrow, few neurons and poor fits.
 *
 * @param compared The step that E compares with, and its name; `null` at that step itself, whose E
 * is 0 by definition.
 */
export function withEvidence<
  Row extends { readonly E: number; readonly eLow: number; readonly status: string },
>(
  row: Row,
  step: StepEvidence,
  compared: { readonly step: StepEvidence; readonly name: string } | null,
  filterMode: FilterMode,
  areSame: boolean,
): Row {
  if (Number.isNaN(row.E)) return row;
  const kept = keptOf(step, filterMode), isSame = areSame && kept.length > 1;
  // That all samples are the same is reason enough for having no interval.
  const notes = row.status === "ok" || isSame ? [] : [row.status];
  if (isSame) {
    notes.push(
      `no interval: all ${kept.length} samples are the same, as those of the same neurons are`,
    );
  }
  if (compared !== null && !isSame && !Number.isNaN(row.eLow)) {
    const now = fragileRadiiOf(kept);
    const before = fragileRadiiOf(keptOf(compared.step, filterMode));
    const why = [now, before && `at ${compared.name} ${before}`].filter((one) => one !== null);
    if (why.length > 0) notes.push(`${TOO_NARROW}: ${why.join(", and ")}`);
  }
  const fewest = Math.min(...kept.map(({ selectedNodes }) => selectedNodes ?? Infinity));
  if (fewest < FEW_NEURONS) {
    notes.push(`few neurons: ${fewest} selected in a sample, fewer than ${FEW_NEURONS}`);
  }
  const [r2, q] = kept.flatMap(poorestFit).sort(([a], [b]) => a - b)[0] ?? [1];
  if (r2 < LEAST_R2) {
    notes.push(
      `poor fit: r² ${r2.toFixed(2)} at q = ${Number(q!.toFixed(6))}, below ${LEAST_R2}`,
    );
  }
  if (notes.length === 0) return row;
  const ends = isSame ? { eLow: NaN, eHigh: NaN } : {};
  return Object.freeze({ ...row, ...ends, status: notes.join("; ") });
}

function keptOf({ samples }: StepEvidence, filterMode: FilterMode) {
  return samples.flatMap(({ spectrum }) =>
    spectrum.status === "ok" && spectrum.filterPass[filterMode] ? [spectrum] : []
  );
}

/** What other samples than some may lack or hold at the smallest radius. */
function fragileRadiiOf(kept: ReturnType<typeof keptOf>): string | null {
  return fragileRadii(
    kept.map(({ smallestRadii }) => smallestRadii ?? []),
    Math.min(...kept.map(({ drawnShare }) => drawnShare ?? 0)),
  );
}

/** The least r² of a spectrum's fits and its order; q = 0 has none, since Z does not change there. */
function poorestFit(
  { q, rValue }: { readonly q?: Float64Array; readonly rValue?: Float64Array },
): [r2: number, q: number][] {
  const fits = Array.from(q ?? [], (order, i): [number, number] => [rValue![i]! ** 2, order])
    .filter(([r2, order]) => order !== 0 && !Number.isNaN(r2));
  return fits.sort(([a], [b]) => a - b).slice(0, 1);
}
