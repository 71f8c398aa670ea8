/** The scores found for one model. */

import type { FileScore } from "./harness_results.ts";

/** Scores of a model by step and metric, from wherever they are. */
export interface Evals {
  readonly scores: ReadonlyMap<number, ReadonlyMap<string, FileScore>>;
  /** The steps that are meant when none are asked for, in ascending order. */
  readonly steps: readonly number[];
  /** Why a step has no scores. */
  readonly whyAbsent: (step: number) => string;
}
