/** Whether intervals hold what they should and tests keep their level, by simulation. */

import { RandomDraws } from "./random_draws.ts";

/** What is claimed: that a 95 % interval holds the truth, or that a 5 % test rejects what is true in 5 %. */
export type CalibrationClaim = "interval" | "test";

/**
 * What one simulation gave: the interval held the truth, the test rejected; `null` where either was
 * withheld. With it may come whether the answer carried a note that it is not safe.
 */
export type CalibrationOutcome =
  | boolean
  | null
  | { readonly outcome: boolean; readonly isNoted: boolean };

/** One claim and a simulation that checks it. */
export interface CalibrationCase {
  /** The case in words, which seeds its draws. */
  readonly name: string;
  /** What is claimed. */
  readonly claim: CalibrationClaim;
  /** Simulate once, with truth known. */
  readonly simulate: (random: RandomDraws) => CalibrationOutcome;
  /**
   * Why the claim cannot hold, where that is known; then it is shown, and no test fails for it. If
   * answers carry notes, those without one must still keep the claim: a note may come too often,
   * but not too rarely. Leave it out of everything that is offered to a user without a warning.
   */
  readonly known?: string;
}

/** The share of simulations in which an interval held the truth or a test rejected. */
export interface CalibrationRow {
  /** The case in words. */
  readonly name: string;
  /** What is claimed. */
  readonly claim: CalibrationClaim;
  /** Simulations that gave an answer. */
  readonly trials: number;
  /** The share in which the interval held the truth, or the test rejected; NaN without an answer. */
  readonly share: number;
  /** Share of all simulations in which the answer was withheld. */
  readonly withheld: number;
  /** Share of answers with a note that they are not safe. */
  readonly noted: number;
  /** As `share`, of the answers without a note; NaN if all have one. */
  readonly shareUnnoted: number;
  /** Least share that keeps the claim. */
  readonly least: number;
  /** Largest share that keeps the claim. */
  readonly most: number;
  /** `"ok"`, `"outside"`, or what is known of it. */
  readonly status: string;
}

/** Shares that keep a claim: 92 to 98 % of 95 % intervals hold the truth, 5 % tests reject 3 to 8 %. */
const KEPT: Readonly<Record<CalibrationClaim, readonly [least: number, most: number]>> = {
  interval: [0.92, 0.98],
  test: [0.03, 0.08],
};

/**
 * Simulate each case and compare the shares with what is claimed.
 *
 * A share of 95 % in 1,000 trials has a standard error of 0.7 percentage points, and one of 5 % the same. Each case has draws
 * of its own, and fewer trials are the first of more.
 *
 * @param trials Simulations of each case.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { calibrate } from "neuromfa/statistics";
 *
 * const [row] = calibrate([
 *   { name: "a coin of 19 to 1", claim: "interval", simulate: (random) => random.uniform() < 0.95 },
 * ], 1000);
 * equal(row!.status, "ok");
 * ```
 */
export function calibrate(cases: readonly CalibrationCase[], trials: number): CalibrationRow[] {
  return cases.map(({ name, claim, simulate, known }) => {
    const random = new RandomDraws(name);
    let yes = 0, answers = 0, yesUnnoted = 0, unnoted = 0;
    for (let trial = 0; trial < trials; trial++) {
      const found = simulate(random);
      if (found === null) continue;
      const { outcome, isNoted } = typeof found === "object"
        ? found
        : { outcome: found, isNoted: false };
      answers++;
      if (outcome) yes++;
      if (isNoted) continue;
      unnoted++;
      if (outcome) yesUnnoted++;
    }
    const share = yes / answers, [least, most] = KEPT[claim];
    const noted = 1 - unnoted / answers, shareUnnoted = yesUnnoted / unnoted;
    const isUnsafe = claim === "interval" ? shareUnnoted < least : shareUnnoted > most;
    const isClaimed = known !== undefined || share >= least && share <= most;
    const isOutside = !isClaimed || noted > 0 && isUnsafe;
    const status = answers === 0 ? known ?? "withheld" : isOutside ? "outside" : known ?? "ok";
    const numbers = { share, withheld: 1 - answers / trials, noted, shareUnnoted };
    return Object.freeze({ name, claim, trials: answers, ...numbers, least, most, status });
  });
}
