/** What is known of weights without any multifractal analysis, so that E is never judged alone. */
import type { Architecture } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { checkBoxOptions } from "../../networks/check_box_options.ts";
import { lengthBins } from "../../networks/length_bins.ts";
import { refuseUnknownOptions } from "../../networks/refuse_unknown_options.ts";
import type { BaselineRow } from "./baseline_row.ts";
import { LengthHistogram } from "./length_entropy.ts";
import { type MeasuredMatrix, measureMatrix } from "./measure_matrix.ts";
import { wholeNetwork } from "./whole_network.ts";

/** How baselines are taken. */
export interface BaselinesOptions {
  /** The checkpoint of step 0, for the distance from it. */
  readonly untrained?: Checkpoint;
  /** Longest edge that has a bin of its own length in the histogram of lengths; default 150. */
  readonly threshold?: number;
  /** How many of a matrix's largest |w| are the tail; default 5 %. */
  readonly hillK?: number;
  /** Eigenvalues are taken of matrices with a side no larger than this; they take time as its cube. Default 512. */
  readonly largestSide?: number;
}

/**
 * Baselines of each weight matrix of a checkpoint, and of all together, one matrix in memory at a time. Fused query, key and
 * value are one matrix here, as they are stored and as WeightWatcher takes them; a convolution's edges are the norms of its
 * kernels, and its eigenvalues are those of the matrix [out, in · kernel], where WeightWatcher takes each position of the kernel
 * by itself.
 *
 * @param checkpoint The checkpoint.
 * @param architecture Its matrices.
 * @param options The untrained checkpoint, threshold, tail, and largest side.
 * @returns One row for each matrix in the architecture's order, then one for the network.
 * @throws {RangeError} If a weight is not finite, an option is out of range, or the untrained checkpoint has other shapes.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If a matrix cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { baselines, detectArchitecture, openRun } from "neuromfa";
 *
 * const checkpoint = await (await openRun("suite:nano-64")).checkpoint(4096);
 * const rows = await baselines(checkpoint, detectArchitecture(checkpoint));
 * assert.equal(rows.length, 4 * 4 + 1);
 * assert.equal(rows.at(-1)!.matrix, "network");
 * assert.match(rows[0]!.status, /no distance/); // no untrained checkpoint was given
 * ```
 */
export async function baselines(
  checkpoint: Checkpoint,
  architecture: Architecture,
  options: BaselinesOptions = {},
): Promise<BaselineRow[]> {
  refuseUnknownOptions("baselines", options, ["untrained", "threshold", "hillK", "largestSide"]);
  const { untrained, threshold = 150, hillK, largestSide = 512 } = options;
  checkBoxOptions({ threshold, minimumEdges: 0, digits: 0 }, 1, 150);
  for (const [name, value] of [["hillK", hillK ?? 1], ["largestSide", largestSide]] as const) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new RangeError(`${name} must be a positive integer, but it is ${value}.`);
  }
  const lengths = lengthBins(1, threshold, 0);
  const measured: MeasuredMatrix[] = [];
  for (const matrix of architecture.matrices) {
    measured.push(
      await measureMatrix(checkpoint, matrix, { untrained, lengths, hillK, largestSide }),
    );
  }
  return [
    ...measured.map(({ row }) => row),
    wholeNetwork(checkpoint.step, architecture, measured, new LengthHistogram(lengths)),
  ];
}
