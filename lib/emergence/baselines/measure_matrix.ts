/** The baselines of one matrix, and what is missing. */

import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { addSteps, binsOfSteps, type LengthBins } from "../../networks/full/length_bins.ts";
import type { BaselineRow } from "./baseline_row.ts";
import { gramEigenvalues } from "./gram_eigenvalues.ts";
import { hillExponent, powerLawFit } from "./power_law_fit.ts";
import { decodeValues } from "../../checkpoints/decode_values.ts";
import { normsOfKernels } from "../../networks/kernel_norm.ts";
import { shownName } from "../../messages/shown.ts";

/** Share of the weights that are the tail unless told otherwise. */
const TAIL = 0.05;

/** Eigenvalues that a power law is fitted to, at least; WeightWatcher's bound. */
const FEWEST_EIGENVALUES = 10;

/** The baselines of a matrix and what those of the network are made of. */
export interface MeasuredMatrix {
  readonly row: BaselineRow;
  readonly histogram: LengthHistogram;
  /** Sum of |w|. */
  readonly strength: number;
  readonly matrix: WeightMatrix;
}

/** How one matrix is measured, all options given. */
export interface MeasureOptions {
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
  const lengthEntropy = histogram.entropy();
  if (lengthEntropy === null) notes.push("no entropy: all weights are 0");
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
      meanWeightedDegree: strength / matrix.columns,
      frobeniusNorm: Math.sqrt(squares),
      distanceFromStep0: distance,
      stableRank: spectrum.largest > 0 ? squares / spectrum.largest : null,
      hillK: k,
      hillExponent: orNull(hill.exponent),
      hillStderr: orNull(hill.stderr),
      lengthEntropy,
      ...spectrum.columns,
      status: notes.join("; ") || "ok",
    },
  };
}

const noFit = {
  spectralExponent: null,
  spectralStderr: null,
  spectralXmin: null,
  spectralDistance: null,
  spectralTail: null,
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
      spectralExponent: fit.exponent,
      spectralStderr: fit.stderr,
      spectralXmin: fit.xmin,
      spectralDistance: fit.distance,
      spectralTail: fit.tail,
    },
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** Weights that are put into bins at a time. */
const CHUNK = 2 ** 13;

/** Histograms of edge lengths: one count for each rounded length, and one for all edges out of bounds. */
export class LengthHistogram {
  readonly counts: Float64Array;
  readonly #lengths: LengthBins;
  readonly #binOf: Uint16Array;

  constructor(lengths: LengthBins) {
    this.#lengths = lengths;
    this.#binOf = binsOfSteps(lengths);
    this.counts = new Float64Array(lengths.outside + 1);
  }

  /** Count some edges; a weight of zero is none. */
  add(weights: Float64Array): void {
    const steps = new Uint16Array(CHUNK);
    const { outside } = this.#lengths;
    for (let start = 0; start < weights.length; start += CHUNK) {
      const part = weights.subarray(start, start + CHUNK);
      steps.fill(0);
      addSteps(part, this.#lengths, steps);
      for (let i = 0; i < part.length; i++) {
        const bin = this.#binOf[steps[i]!]!;
        if (bin <= outside) this.counts[bin]!++;
      }
    }
  }

  /** Count the edges of another histogram too. */
  addAll({ counts }: LengthHistogram): void {
    counts.forEach((count, bin) => this.counts[bin]! += count);
  }

  /** Shannon's entropy in bits; `null` if there is no edge. */
  entropy(): number | null {
    const edges = this.counts.reduce((sum, count) => sum + count, 0);
    if (edges === 0) return null;
    let bits = 0;
    for (const count of this.counts) {
      if (count > 0) bits -= count / edges * Math.log2(count / edges);
    }
    return bits + 0; // no −0 where all edges are in one bin
  }
}

/** Values of the untrained matrix that are decoded at a time. */
const VALUES_TOGETHER = 2 ** 21;

/** The weights of a matrix. */
export interface ReadMatrix {
  readonly values: Float64Array;
  /** |w| of each edge, in an array of its own. */
  readonly edges: Float64Array;
  readonly rows: number;
  /** Stored values of a row, those of kernels among them. */
  readonly columns: number;
  /** Frobenius norm of the difference from the untrained matrix, `null` without one. */
  readonly distance: number | null;
}

/** Read a matrix. */
export async function readMatrix(
  checkpoint: Checkpoint,
  { tensor, kernel, orientation, rows: targets, columns: sources }: WeightMatrix,
  untrained: Checkpoint | undefined,
): Promise<ReadMatrix> {
  const values = decodeValues(await checkpoint.read(tensor));
  if (!values.every(Number.isFinite)) {
    throw new RangeError(
      `${
        shownName(tensor)
      } of ${checkpoint.source} holds a weight that is not finite; such a checkpoint cannot be measured`,
    );
  }
  const rows = orientation === "out, in" ? targets : sources;
  const columns = values.length / rows;
  const distance = untrained ? await distanceFrom(untrained, checkpoint, tensor, values) : null;
  const edges = kernel === 1 ? values.map(Math.abs) : normsOfKernels(values, kernel);
  return { values, edges, rows, columns, distance };
}

async function distanceFrom(
  untrained: Checkpoint,
  checkpoint: Checkpoint,
  tensor: string,
  values: Float64Array,
): Promise<number> {
  const [here, there] = [checkpoint, untrained].map(({ tensors }) => tensors.get(tensor)?.shape);
  if (`${here}` !== `${there}`) {
    throw new RangeError(
      `${shownName(tensor)} has the shape [${here}] in ${checkpoint.source} and [${
        there ?? "none"
      }] in ` +
        `${untrained.source}; give the untrained checkpoint of the same model`,
    );
  }
  const rows = here![0]!, columns = values.length / rows;
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
