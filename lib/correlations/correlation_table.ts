/** How a quantity of the network goes along with scores over training. */

import defer * as statistics from "../statistics/stdlib_statistics.ts";
import { columnName } from "../files/column_name.ts";
import { choice, type DefaultedOption, integer, type Option, text } from "../options/option.ts";
import { OPTIONS } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import type { CorrelationMethod } from "../statistics/correlation_coefficient.ts";
import {
  columnByStep,
  type CorrelationVariant,
  type Detrending,
  pairSteps,
  valuesByStep,
} from "./correlation_points.ts";
import {
  type Correlation,
  type CorrelationSettings,
  measureCorrelation,
} from "./measure_correlation.ts";
import { SharedDraws } from "./shared_draws.ts";

/** One correlation, under the names of its columns; `null` is a number that there is not, and `status` says why. */
export interface CorrelationRow extends Correlation {
  /** Column of the first table, such as `E`. */
  readonly quantity: string;
  /** The score it is correlated with. */
  readonly metric: string;
  /** What is correlated: values, their changes from step to step, or values without a trend. */
  readonly variant: CorrelationVariant;
  /** The trend that was taken out: `"time"` or `"monotone"`; `null` where none was. */
  readonly detrend: Detrending | null;
  /** Pearson's or Spearman's. */
  readonly method: CorrelationMethod;
  /** Steps of either table that give no point, because one of both has no value there. */
  readonly leftOut: number;
  /** `p_permutation` after Holm's correction over the metrics. */
  readonly pHolm: number | null;
}

/** A score as it is correlated; {@linkcode BenchmarkScore} and {@linkcode HarnessScore} are such. */
export interface CorrelatedScore {
  /** Training step. */
  readonly step: number;
  /** Its name. */
  readonly metric: string;
  /** The value; `null` or NaN where it is missing. */
  readonly value: number | null;
}

/** What is correlated, and how. */
export interface CorrelationOptions {
  /** Column of the first table that is correlated; `E` unless given. */
  readonly column?: string;
  /**
   * What to do about steps that only one table has: `"leave out"` and count them, or `"refuse"`
   * them by name. Steps that both have but with a value missing are always left out and counted.
   * `"leave out"` unless given.
   */
  readonly unmatched?: "refuse" | "leave out";
  /**
   * The trend that `"partial"` takes out of both: what goes along with ln(step + 1), `"time"`, or the rising or falling series
   * nearest to each, `"monotone"`; then only the points count that neither trend goes through. `"time"` unless given.
   */
  readonly detrend?: Detrending;
  /** Most orders tried by a permutation test; 9,999 unless given. */
  readonly permutations?: number;
  /** Bootstrap resamples; 2,000 unless given. */
  readonly draws?: number;
  /** Neighbouring points in a block of the bootstrap; the square root of their number, rounded up, unless given. */
  readonly blockLength?: number;
  /** Share of intervals that are to hold the true correlation; 0.95 unless given. */
  readonly level?: number;
  /** Seed of permutations and bootstrap; 0 unless given. */
  readonly seed?: number;
}

/** More orders or points than any use of a p value needs. */
const MOST = 1_000_000;

/** The options of correlations, as declared. */
const CORRELATION_OPTIONS = {
  column: text({
    default: "E",
    help: "column of the first table that is correlated",
  }) as DefaultedOption<string>,
  unmatched: choice(["refuse", "leave out"], {
    default: "leave out",
    help: "what to do about steps that only one table has",
  }) as DefaultedOption<"refuse" | "leave out">,
  detrend: choice(["time", "monotone"], {
    default: "time",
    help: "the trend that is taken out of both for partial correlations",
  }) as DefaultedOption<Detrending>,
  permutations: integer({
    ...{ min: 1, max: MOST, default: 9999 },
    help: "most orders tried by a permutation test",
  }) as DefaultedOption<number>,
  ...pick(OPTIONS, ["draws", "level", "seed"]),
  blockLength: integer({
    ...{ min: 1, max: MOST, otherwise: "the square root of the number of points, rounded up" },
    help: "neighbouring points in a block of the bootstrap",
  }) as Option<number>,
};

const VARIANTS = ["levels", "differences", "partial"] as const;
const METHODS = ["pearson", "spearman"] as const;

/**
 * Correlate a quantity with every score over the steps of training, in six ways each.
 *
 * Two things that both grow always correlate, so that `levels` alone tells little: `r_step` tells how ln(step + 1), which
 * knows nothing of the network, correlates with the same score. `differences` correlates what changes from one step to
 * the next, and `partial` takes out of both what goes along with ln(step + 1), or a monotone trend.
 *
 * `low`, `high` and `p_value` suppose points independent of each other, which neighbouring steps are not, least of all as
 * levels; `block_low` and `block_high` resample blocks of neighbours, and `p_permutation` lets each series keep a share of its
 * last value, which is fitted. `n_effective` is how many independent points that leaves. Two series that both follow a
 * monotone trend have no p value, nor have fewer than 10 points: `status` says so.
 *
 * @param quantities One row a step with the column that is correlated, such as what {@linkcode degreeOfEmergence} gives.
 * @param scores Scores by step and metric, in any order.
 * @returns For each metric, in the order met, and each variant both correlations.
 * @throws {RangeError} If the steps differ and that is refused, one comes twice, there is no row, or an option is out of
 * range.
 * @throws {TypeError} If a column or an option is unknown, or a cell is no number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { correlationTable } from "neuromfa/statistics";
 *
 * const steps = [0, 1, 2, 4, 8, 16, 32];
 * const E = steps.map((step, i) => ({ step, E: i + (i % 2) }));
 * const scores = steps.map((step, i) => ({ step, metric: "copying", value: i - (i % 2) }));
 * const [levels, , differences] = correlationTable(E, scores);
 * assert.ok(levels!.n === 7 && levels!.r! > 0.8); // both grow
 * assert.ok(differences!.n === 6 && differences!.r! < -0.9); // yet when one grows the other does not
 * ```
 */
export function correlationTable(
  quantities: readonly { readonly step: number }[],
  scores: readonly CorrelatedScore[],
  options: CorrelationOptions = {},
): CorrelationRow[] {
  return correctedRows([...correlationsByMetric(quantities, scores, options)].flat());
}

/** A row before the correction, which takes all metrics. */
export type UncorrectedRow = Omit<CorrelationRow, "pHolm">;

/** The six rows of {@linkcode correlationTable} of each metric in turn: several hundred metrics take their time. */
export function* correlationsByMetric(
  quantities: readonly { readonly step: number }[],
  scores: readonly CorrelatedScore[],
  options: CorrelationOptions = {},
): Generator<UncorrectedRow[], undefined> {
  const { column, unmatched, blockLength = null, ...drawing } = readOptions(
    "correlationTable",
    CORRELATION_OPTIONS,
    options,
  );
  const settings: CorrelationSettings = { ...drawing, blockLength };
  const quantity = columnName(column);
  const x = columnByStep(quantities, column);
  const metrics = Map.groupBy(scores, ({ metric }) => metric);
  if (metrics.size === 0) throw new RangeError("there is no score to correlate with");
  const shared = new SharedDraws(settings);
  for (const [metric, own] of metrics) {
    const y = valuesByStep(own, metric, "value");
    const names = [quantity, metric] as const;
    const { leftOut, ...series } = pairSteps([x, y], names, unmatched);
    yield VARIANTS.flatMap((variant) =>
      METHODS.map((method) => {
        const measured = measureCorrelation(series, names, variant, method, settings, shared);
        const { n, nEffective, ...rest } = measured;
        const detrend = variant === "partial" ? settings.detrend! : null;
        return {
          ...{ quantity, metric, variant, detrend, method, n, nEffective, leftOut },
          ...rest,
        };
      })
    );
  }
}

/** The rows of all metrics with Holm's correction. */
export function correctedRows(rows: readonly UncorrectedRow[]): CorrelationRow[] {
  const families = Map.groupBy(
    rows.filter(({ pPermutation }) => pPermutation !== null),
    ({ variant, method }) => `${variant} ${method}`,
  );
  const adjusted = new Map([...families.values()].flatMap((family) => {
    const values = statistics.adjustPValues(
      family.map(({ pPermutation }) => pPermutation!),
      "holm",
    );
    return family.map((row, i) => [row, values[i]!] as const);
  }));
  // The status stands last, behind the numbers that it speaks of.
  return rows.map((row) => {
    const { status, ...numbers } = row;
    return Object.freeze({ ...numbers, pHolm: adjusted.get(row) ?? null, status });
  });
}
