/** What is known of weights without any multifractal analysis, so that E is never judged alone. */
import type { Architecture, WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { checkBoxOptions } from "../../networks/check_box_options.ts";
import { type LengthBins, lengthBins } from "../../networks/length_bins.ts";
import { refuseUnknownOptions } from "../../networks/refuse_unknown_options.ts";
import type { BaselineRow } from "./baseline_row.ts";
import { gramEigenvalues } from "./gram_eigenvalues.ts";
import { hillExponent } from "./hill_exponent.ts";
import { LengthHistogram } from "./length_entropy.ts";
import { powerLawFit } from "./power_law_fit.ts";
import { readMatrix } from "./read_matrix.ts";
import { wholeNetwork } from "./whole_network.ts";

/** Share of the weights that are the tail unless told otherwise. */
const TAIL = 0.05;

/** Eigenvalues that a power law is fitted to, at least; WeightWatcher's bound. */
const FEWEST_EIGENVALUES = 10;

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

/** The baselines of a matrix and what those of the network are made of. */
export interface MeasuredMatrix {
  readonly row: BaselineRow;
  readonly histogram: LengthHistogram;
  /** Sum of |w|. */
  readonly strength: number;
  readonly matrix: WeightMatrix;
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

interface MeasureOptions {
  readonly untrained: Checkpoint | undefined;
  readonly lengths: LengthBins;
  readonly hillK: number | undefined;
  readonly largestSide: number;
}

async function measureMatrix(
  checkpoint: Checkpoint,
  matrix: WeightMatrix,
  { untrained, lengths, hillK, largestSide }: MeasureOptions,
): Promise<MeasuredMatrix> {
  const { values, edges: weights, rows, columns, distance } = await readMatrix(
    checkpoint,
    matrix,
    untrained,
  );
  const histogram = new LengthHistogram(lengths);
  histogram.add(weights);
  let [edges, strength, squares] = [0, 0, 0];
  for (const weight of weights) {
    edges += +(weight !== 0);
    strength += weight;
    squares += weight * weight;
  }
  const notes = distance === null ? ["no distance: no untrained checkpoint was given"] : [];
  const spectrum = spectralBaselines(values, rows, columns, largestSide, notes);
  // Last, since it reorders the weights.
  const k = hillK ?? Math.max(1, Math.floor(TAIL * weights.length));
  const hill = hillExponent(weights, k);
  if (hill.status !== "ok") notes.push(`no Hill exponent: ${hill.status}`);
  const length_entropy = histogram.entropy();
  if (length_entropy === null) notes.push("no entropy: all weights are 0");
  return {
    matrix,
    histogram,
    strength,
    row: {
      step: checkpoint.step,
      matrix: matrix.tensor,
      role: matrix.role,
      block: matrix.block,
      edges,
      mean_weighted_degree: strength / matrix.columns,
      frobenius_norm: Math.sqrt(squares),
      distance_from_step_0: distance,
      stable_rank: spectrum.largest > 0 ? squares / spectrum.largest : null,
      hill_k: k,
      hill_exponent: orNull(hill.exponent),
      hill_stderr: orNull(hill.stderr),
      length_entropy,
      ...spectrum.columns,
      status: notes.join("; ") || "ok",
    },
  };
}

const noFit = {
  spectral_exponent: null,
  spectral_stderr: null,
  spectral_xmin: null,
  spectral_distance: null,
  spectral_tail: null,
};

/** The largest eigenvalue, 0 if there is none, and the columns of the power law; what is missing is noted. */
function spectralBaselines(
  values: Float64Array,
  rows: number,
  columns: number,
  largestSide: number,
  notes: string[],
): { largest: number; columns: Pick<BaselineRow, keyof typeof noFit> } {
  const side = Math.min(rows, columns);
  if (side > largestSide) {
    notes.push(
      `no stable rank and spectral exponent: the smaller side is ${side}, above largestSide ${largestSide}`,
    );
    return { largest: 0, columns: noFit };
  }
  const eigenvalues = gramEigenvalues(values, rows, columns);
  const positive = eigenvalues.filter((value) => value > 0);
  const largest = eigenvalues[0]!;
  if (positive.length === 0) notes.push("no stable rank: all weights are 0");
  if (positive.length < FEWEST_EIGENVALUES) {
    notes.push(
      `no spectral exponent: ${positive.length} eigenvalues above 0, and it needs ${FEWEST_EIGENVALUES}`,
    );
    return { largest, columns: noFit };
  }
  const fit = powerLawFit(positive);
  if (fit.status !== "ok") {
    notes.push(`no spectral exponent: ${fit.status}`);
    return { largest, columns: noFit };
  }
  return {
    largest,
    columns: {
      spectral_exponent: fit.exponent,
      spectral_stderr: fit.stderr,
      spectral_xmin: fit.xmin,
      spectral_distance: fit.distance,
      spectral_tail: fit.tail,
    },
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
