/** The table of baselines. */

/** Baselines of one matrix, or of all together, under the names of the columns; what there is not is `null`. */
export interface BaselineRow {
  /** The training step, `null` where the checkpoint does not tell. */
  readonly step: number | null;
  /** Name of the stored tensor, or `network` for all matrices together. */
  readonly matrix: string;
  /** What the matrix joins in its block, the same in each block; `network` for all together. */
  readonly role: string;
  /** The block it belongs to; `null` for all together. */
  readonly block: number | null;
  /** Edges: weights that are not 0, a convolution's kernel being one. */
  readonly edges: number;
  /** Mean over neurons of the sum of |w| over the edges that leave them; all together: of all neurons that weights leave. */
  readonly meanWeightedDegree: number;
  /** Root of the sum of w². */
  readonly frobeniusNorm: number;
  /** Frobenius norm of what the weights have moved since step 0. */
  readonly distanceFromStep0: number | null;
  /** Squared Frobenius norm by squared largest singular value: at most the rank. All together: mean of the matrices. */
  readonly stableRank: number | null;
  /** How many of the largest |w| are the tail; `null` for all together. */
  readonly hillK: number | null;
  /** Hill's exponent of the tail of |w|: small is heavy. All together: mean of the matrices. */
  readonly hillExponent: number | null;
  /** Its standard error, were weights independent. */
  readonly hillStderr: number | null;
  /** Entropy, in bits, of the histogram of rounded lengths up to the threshold, with one more bin for all other edges. */
  readonly lengthEntropy: number | null;
  /** Exponent of the power law in the eigenvalues of WᵀW, as of WeightWatcher. All together: mean of the matrices. */
  readonly spectralExponent: number | null;
  /** Its standard error. */
  readonly spectralStderr: number | null;
  /** Eigenvalue at which the tail begins; `null` for all together. */
  readonly spectralXmin: number | null;
  /** Kolmogorov–Smirnov distance of the tail from its power law; `null` for all together. */
  readonly spectralDistance: number | null;
  /** Eigenvalues in the tail; `null` for all together. */
  readonly spectralTail: number | null;
  /** `"ok"`, or what is missing and why. */
  readonly status: string;
}

/**
 * The columns that hold a baseline, each with its name for a reader.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { BASELINES } from "neuromfa/statistics";
 *
 * assert.equal(BASELINES.frobeniusNorm, "Frobenius norm");
 * ```
 */
export const BASELINES = {
  meanWeightedDegree: "mean weighted degree",
  frobeniusNorm: "Frobenius norm",
  distanceFromStep0: "distance from step 0",
  stableRank: "stable rank",
  hillExponent: "Hill exponent of |w|",
  lengthEntropy: "entropy of lengths (bits)",
  spectralExponent: "spectral exponent",
} as const;

/** The name of a column that holds a baseline. */
export type Baseline = keyof typeof BASELINES;
