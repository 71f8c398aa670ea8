/** The baselines of one matrix, and what is missing. */

import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { addSteps, binsOfSteps, type LengthBins } from "../../networks/full/length_bins.ts";
import { checkShapes } from "../null_models/null_kind.ts";
import { gramEigenvalues } from "./gram_eigenvalues.ts";
import { largestEigenvalue } from "./largest_eigenvalue.ts";
import type { BaselineRow } from "./baseline_row.ts";
import { hillExponent, type PowerLawFit, powerLawFit } from "./power_law_fit.ts";
import { decodeValues } from "../../checkpoints/decode_values.ts";
import { normsOfKernels } from "../../networks/kernel_norm.ts";
import { shownName } from "../../messages/shown.ts";

/** Share of the weights that are the tail unless told otherwise. */
const TAIL = 0.05;

/** Eigenvalues that a power law is fitted to, at least; WeightWatcher's bound. */
const FEWEST_EIGENVALUES = 10;

/** The baselines of a matrix and what those of the network are made of: edges by rounded length, and the sum of |w|. */
export type MeasuredMatrix = Awaited<ReturnType<typeof measureMatrix>>;

/** How one matrix is measured, all options given. */
interface MeasureOptions {
  readonly untrained: Checkpoint | undefined;
  readonly lengths: LengthBins;
  readonly hillK: number | undefined;
  readonly largestSide: number;
}

/** The baselines of one matrix. */
export async function measureMatrix(
  checkpoint: Checkpoint,
  matrix: WeightMatrix,
  { untrained, lengths, hillK, largestSide }: MeasureOptions,
) {
  const { tensor, kernel, orientation } = matrix;
  const values = decodeValues(await checkpoint.read(tensor));
  if (!values.every(Number.isFinite)) {
    throw new RangeError(
      `${shownName(tensor)} of ${checkpoint.source} holds a weight that is not finite; ` +
        "such a checkpoint cannot be measured",
    );
  }
  const rows = orientation === "out, in" ? matrix.rows : matrix.columns;
  const distance = untrained ? await distanceFrom(untrained, checkpoint, tensor, values) : null;
  const weights = kernel === 1 ? values.map(Math.abs) : normsOfKernels(values, kernel);
  const histogram = lengthHistogram(weights, lengths);
  let [edges, strength, squares] = [0, 0, 0];
  for (const weight of weights) {
    edges += +(weight !== 0);
    strength += weight;
    squares += weight * weight;
  }
  const notes = distance === null ? ["no distance: no untrained checkpoint was given"] : [];
  const { largest, fit } = spectralBaselines(values, rows, largestSide, notes);
  // Last, since it reorders the weights.
  const k = hillK ?? Math.max(1, Math.floor(TAIL * weights.length));
  const hill = hillExponent(weights, k);
  if (hill.status !== "ok") notes.push(`no Hill exponent: ${hill.status}`);
  const lengthEntropy = entropyOf(histogram);
  if (lengthEntropy === null) notes.push("no entropy: all weights are 0");
  const row: BaselineRow = {
    ...{ step: checkpoint.step, matrix: tensor, role: matrix.role, block: matrix.block, edges },
    meanWeightedDegree: strength / matrix.columns,
    frobeniusNorm: Math.sqrt(squares),
    distanceFromStep0: distance,
    stableRank: largest > 0 ? squares / largest : null,
    hillK: k,
    hillExponent: orNull(hill.exponent),
    hillStderr: orNull(hill.stderr),
    lengthEntropy,
    spectralExponent: fit?.exponent ?? null,
    spectralStderr: fit?.stderr ?? null,
    spectralXmin: fit?.xmin ?? null,
    spectralDistance: fit?.distance ?? null,
    spectralTail: fit?.tail ?? null,
    status: notes.join("; ") || "ok",
  };
  return { matrix, row, histogram, strength };
}

/** Why a matrix has no eigenvalues. */
const NOT_REACHED =
  "eigenvalues were not reached; squares of weights may be too large for a number";

/** The largest eigenvalue, 0 if there is none, and the power law; what is missing is noted. */
function spectralBaselines(
  values: Float64Array,
  rows: number,
  largestSide: number,
  notes: string[],
): { largest: number; fit: PowerLawFit | null } {
  const columns = values.length / rows, side = Math.min(rows, columns);
  if (side > largestSide) {
    const largest = largestEigenvalue(values, rows);
    if (largest === null) notes.push(`no stable rank: ${NOT_REACHED}`);
    if (largest === 0) notes.push("no stable rank: all weights are 0");
    notes.push(
      `no spectral exponent: the smaller side is ${side}, above largestSide ${largestSide}; ` +
        `give largestSide: ${side}, for about ${duration(side, Math.max(rows, columns))}`,
    );
    return { largest: largest ?? 0, fit: null };
  }
  const eigenvalues = gramEigenvalues(values, rows, columns);
  if (eigenvalues === null) {
    notes.push(`no stable rank and no spectral exponent: ${NOT_REACHED}`);
    return { largest: 0, fit: null };
  }
  const positive = eigenvalues.filter((value) => value > 0);
  if (positive.length === 0) notes.push("no stable rank: all weights are 0");
  const fit = powerLawFit(positive);
  const status = positive.length < FEWEST_EIGENVALUES
    ? `${positive.length} eigenvalues above 0, and it needs ${FEWEST_EIGENVALUES}`
    : fit.status;
  if (status !== "ok") notes.push(`no spectral exponent: ${status}`);
  return { largest: eigenvalues[0]!, fit: status === "ok" ? fit : null };
}

/**
 * Products of weights that are added in a second, and values of the triangle that are reflected,
 * as measured on one core.
 */
const PRODUCTS = 1e9, REFLECTED = 3e8;

/** How long all eigenvalues take, in words. */
function duration(side: number, other: number): string {
  const seconds = side ** 2 * other / 2 / PRODUCTS + side ** 3 / 6 / REFLECTED;
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** Weights that are put into bins at a time. */
const CHUNK = 2 ** 13;

/** How many edges have each rounded length, and how many are out of bounds; a weight of zero is none. */
function lengthHistogram(weights: Float64Array, lengths: LengthBins): Float64Array {
  const counts = new Float64Array(lengths.outside + 1);
  const steps = new Uint16Array(CHUNK), binOf = binsOfSteps(lengths);
  for (let start = 0; start < weights.length; start += CHUNK) {
    const part = weights.subarray(start, start + CHUNK);
    steps.fill(0);
    addSteps(part, lengths, steps);
    for (let i = 0; i < part.length; i++) {
      const bin = binOf[steps[i]!]!;
      if (bin < counts.length) counts[bin]!++;
    }
  }
  return counts;
}

/** Shannon's entropy of a histogram in bits; `null` if there is no edge. */
export function entropyOf(counts: Float64Array): number | null {
  const edges = counts.reduce((sum, count) => sum + count, 0);
  if (edges === 0) return null;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= count / edges * Math.log2(count / edges);
  return bits + 0; // no −0 where all edges are in one bin
}

/** Values of the untrained matrix that are decoded at a time. */
const VALUES_TOGETHER = 2 ** 21;

/** Frobenius norm of the difference from the untrained matrix. */
async function distanceFrom(
  untrained: Checkpoint,
  checkpoint: Checkpoint,
  tensor: string,
  values: Float64Array,
): Promise<number> {
  checkShapes(tensor, checkpoint, untrained);
  const rows = checkpoint.tensors.get(tensor)!.shape[0]!, columns = values.length / rows;
  const together = Math.max(1, Math.floor(VALUES_TOGETHER / columns));
  let squares = 0;
  for (let start = 0; start < rows; start += together) {
    const end = Math.min(rows, start + together);
    const before = decodeValues(await untrained.read(tensor, [{ start, end }]));
    for (let i = 0, k = start * columns; i < before.length; i++, k++) {
      squares += (values[k]! - before[i]!) ** 2;
    }
  }
  return Math.sqrt(squares);
}
