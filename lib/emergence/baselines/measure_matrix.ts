/** The baselines of one matrix, and what is missing. */

import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import type { LengthBins } from "../../networks/full/length_bins.ts";
import type { BaselineRow } from "./baseline_row.ts";
import { gramEigenvalues } from "./gram_eigenvalues.ts";
import { hillExponent, powerLawFit } from "./power_law_fit.ts";
import { LengthHistogram } from "./length_entropy.ts";
import { readMatrix } from "./read_matrix.ts";

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
