/** What is claimed of the p values of correlations: series over training that know nothing of each other. */

import { measureCorrelation } from "../../lib/correlations/measure_correlation.ts";
import { SharedDraws } from "../../lib/correlations/shared_draws.ts";
import type { CorrelationVariant, Detrending } from "../../lib/correlations/correlation_points.ts";
import type { CalibrationCase } from "../../lib/statistics/calibrate.ts";
import type { CorrelationMethod } from "../../lib/statistics/correlation_coefficient.ts";
import type { RandomDraws } from "../../lib/statistics/random_draws.ts";

/** Steps of Pythia's checkpoints that evaluations have. */
const PYTHIA = [
  ...[0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000],
  ...Array.from({ length: 15 }, (_, i) => 3000 + 10_000 * i),
];

/** Numbers of steps. */
type Size = 27 | 21 | 12;

/** Steps by their number: Pythia's, as many as the bundled models have, and few. */
const STEPS: Readonly<Record<Size, readonly number[]>> = {
  27: PYTHIA,
  21: PYTHIA.filter((_, i) => i % 4 !== 3),
  12: PYTHIA.filter((_, i) => i % 2 === 0).slice(0, 12),
};

/** A series of some points. */
type Generate = (random: RandomDraws, size: number) => number[];

/** A series that keeps a share of its last value. */
function autoregressive(phi: number): Generate {
  return (random, size) => {
    const series = [phi < 1 ? random.normal() / Math.sqrt(1 - phi * phi) : 0];
    while (series.length < size) series.push(phi * series.at(-1)! + random.normal());
    return series;
  };
}

/** A rise in the middle of training with noise of a given deviation, the whole rise being 1. */
function rise(noise: number): Generate {
  return (random, size) => {
    const middle = size * (0.35 + 0.3 * random.uniform());
    const width = size * (0.04 + 0.08 * random.uniform());
    return Array.from(
      { length: size },
      (_, i) => 1 / (1 + Math.exp((middle - i) / width)) + noise * random.normal(),
    );
  };
}

const KINDS = {
  "white noise": autoregressive(0),
  "AR(1) of 0.5": autoregressive(0.5),
  "AR(1) of 0.9": autoregressive(0.9),
  "random walks": autoregressive(1),
  "rises with noise of 1 %": rise(0.01),
  "rises with noise of 5 %": rise(0.05),
  "rises with noise of 20 %": rise(0.2),
  "rises with noise of 40 %": rise(0.4),
} as const satisfies Record<string, Generate>;

type Kind = keyof typeof KINDS;

interface Tested {
  readonly variant: CorrelationVariant;
  readonly method?: CorrelationMethod;
  readonly detrend?: Detrending;
}

/** What is tested, by its name. */
const TESTED = {
  "levels": { variant: "levels" },
  "changes": { variant: "differences" },
  "time taken out": { variant: "partial" },
  "monotone trends taken out": { variant: "partial", detrend: "monotone" },
} as const satisfies Record<string, Tested>;

type TestedName = keyof typeof TESTED;

const DRAWS = { permutations: 199, draws: 1, seed: 0 };

/** Whether a test rejects at 5 % that two series know nothing of each other; `null` where it has no p value. */
function rejects(
  { x, y }: Readonly<Record<"x" | "y", readonly number[]>>,
  { variant, method = "pearson", detrend = "time" }: Tested,
  shared: SharedDraws,
): boolean | null {
  const steps = STEPS[x.length as Size];
  const settings = { ...DRAWS, level: 0.95, blockLength: x.length, detrend };
  const names = ["E", "skill"] as const;
  const row = measureCorrelation({ steps, x, y }, names, variant, method, settings, shared);
  return row.pPermutation === null ? null : row.pPermutation <= 0.05;
}

/** A case for each kind of series, number of steps, and test. */
function cases(
  kinds: readonly Kind[],
  sizes: readonly Size[],
  tested: readonly TestedName[],
  { method = "pearson", known }: Pick<Tested, "method"> & Pick<CalibrationCase, "known"> = {},
): CalibrationCase[] {
  return sizes.flatMap((size) => {
    const shared = new SharedDraws(DRAWS);
    return kinds.flatMap((kind) =>
      tested.map((what): CalibrationCase => ({
        name: `${what}${method === "pearson" ? "" : ", by ranks,"} of two ${kind} at ${size} steps`,
        claim: "test",
        simulate(random) {
          const x = KINDS[kind](random, size), y = KINDS[kind](random, size);
          return rejects({ x, y }, { ...TESTED[what], method }, shared);
        },
        ...known !== undefined && { known },
      }))
    );
  });
}

const TRENDLESS = ["white noise", "AR(1) of 0.5", "AR(1) of 0.9", "random walks"] as const;
const NOISY = ["rises with noise of 20 %", "rises with noise of 40 %"] as const;
const WITH_TIME = ["levels", "changes", "time taken out"] as const;

/** Tests that keep their level, of series that know nothing of each other. */
export const DEPENDENCE_CASES: readonly CalibrationCase[] = [
  ...cases(TRENDLESS, [27, 21, 12], WITH_TIME),
  ...cases(TRENDLESS, [27], ["monotone trends taken out"]),
  ...cases(NOISY, [27, 21, 12], ["changes"]),
  ...cases(["rises with noise of 5 %", ...NOISY], [27], ["monotone trends taken out"]),
  ...cases(TRENDLESS, [27], WITH_TIME, { method: "spearman" }),
];

/** The same, of which a test takes no more than a few seconds. */
export const FEW_DEPENDENCE_CASES: readonly CalibrationCase[] = [
  ...cases(["white noise", "random walks"], [27, 12], WITH_TIME),
  ...cases(["AR(1) of 0.9"], [27], WITH_TIME),
  ...cases(["rises with noise of 20 %"], [27], ["monotone trends taken out"]),
];

const known = "two rises are two observations: no p value, save where noise hides them";

/** Tests that are withheld from nearly all pairs, since they would find that both rise. */
export const WITHHELD_CASES: readonly CalibrationCase[] = [
  ...cases(["rises with noise of 1 %", "rises with noise of 5 %"], [27, 21, 12], WITH_TIME, {
    known,
  }),
  ...cases(["rises with noise of 20 %"], [27, 21, 12], ["levels", "time taken out"], { known }),
];
