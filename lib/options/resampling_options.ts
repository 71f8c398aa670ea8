/** What decides intervals and p values. */

import { type DefaultedOption, integer, number } from "./option.ts";

/** The options of resampling. */
export const RESAMPLING_OPTIONS = {
  /** Bootstrap draws; 2000 unless given. */
  draws: integer({
    ...{ min: 1, max: 1_000_000, default: 2000 },
    help: "bootstrap draws",
  }) as DefaultedOption<number>,
  /** Level of intervals, between 0 and 1; 0.95 unless given. */
  level: number({
    ...{ above: 0, max: 1 - 1e-9, default: 0.95 },
    help: "level of intervals",
  }) as DefaultedOption<number>,
  /** Seed of all draws, an integer from 0; 0 unless given. */
  seed: integer({
    ...{ min: 0, max: Number.MAX_SAFE_INTEGER, default: 0 },
    help: "seed of all draws",
  }) as DefaultedOption<number>,
};
