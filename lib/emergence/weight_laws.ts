/** What the weight distribution of a checkpoint alone says of its networks: neurons by the numbers of their edges. */

import { quickselect } from "d3-array";
import type { NeuronLayer, WeightMatrix } from "../architectures/architecture.ts";
import { detectArchitecture } from "../architectures/detect.ts";
import type { Checkpoint, RowRange } from "../checkpoints/checkpoint.ts";
import { decodeValues } from "../checkpoints/decode_values.ts";
import { mergeAdjacentRows } from "../checkpoints/strided_rows.ts";
import {
  gaussianLengths,
  LengthCounter,
  type LengthLaw,
  type LengthLawOptions,
} from "../multifractal/length_law.ts";
import type { NeuronKind } from "../multifractal/expected_spectrum.ts";
import { normsOfKernels } from "../networks/kernel_norm.ts";
import { sampleNodes } from "../networks/sample_nodes.ts";
import { choice, type DefaultedOption, integer } from "../options/option.ts";
import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import { rowNumbers } from "./null_models/null_tensors.ts";
import { partOfTargets, type StoredMatrix, storedMatrix } from "./null_models/stored_matrix.ts";

/** Values that are read together. */
const MOST_VALUES = 2 ** 20;

/** Which networks, and which distribution. */
export interface WeightLawsOptions extends SomeOptions<"layerSample" | "edges" | "network"> {
  /**
   * What is taken of each matrix: the distribution of its weights, `observed` unless given, or `gaussian`, their standard
   * deviation alone.
   */
  readonly distribution?: "observed" | "gaussian";
  /** Rows of each stored tensor that are read, spread over it; all unless given. Few are enough for a standard deviation. */
  readonly rows?: number | undefined;
}

/** The options of {@linkcode weightLaws}, as declared. */
export const WEIGHT_LAWS_OPTIONS = {
  ...pick(OPTIONS, ["layerSample", "edges", "network"]),
  distribution: choice(["observed", "gaussian"], {
    default: "observed",
    help: "what is taken of each matrix: the distribution of its weights, or their deviation",
  }) as DefaultedOption<"observed" | "gaussian">,
  rows: integer({
    ...{ min: 1, max: Number.MAX_SAFE_INTEGER },
    help: "rows of each stored tensor that are read",
    otherwise: "all",
  }),
};

/** The weights of a matrix, or of a part of one such as the keys, as a distribution. */
export interface WeightLaw {
  /** The layer that the edges come from, by its number. */
  readonly from: number;
  /** What the matrix is called in its block. */
  readonly role: string;
  /** The block it belongs to. */
  readonly block: number;
  /** Which part of the matrix it is, 0 where it has one: query, key and value of a fused one are 0, 1, 2. */
  readonly part: number;
  /** How many edges to it a neuron has in a network. */
  readonly edges: number;
  /** Root mean square of the weights that were read. */
  readonly sigma: number;
  /** Their lengths as a distribution, for a scale that they are all multiplied by. */
  lengths(options: LengthLawOptions, scale?: number): LengthLaw;
}

/** The distributions of a checkpoint's weights, and what they say of its networks. */
export interface WeightLaws {
  /** Neurons of a network by layer, in the order of the layers; those without weights have none. */
  readonly neurons: readonly { readonly layer: NeuronLayer; readonly neurons: number }[];
  /** Every part of every matrix. */
  readonly laws: readonly WeightLaw[];
  /** The median of `1 / |w|` over all weights that were read but zeros, the lower of two middle ones; NaN if all are zero. */
  medianLength(): number;
  /** The kinds of neurons, one for each layer that weights leave, for {@linkcode expectedSpectrum}. */
  kinds(options: LengthLawOptions, scale?: number): NeuronKind[];
}

/**
 * The distribution of the weights in every matrix of a checkpoint, each part of a fused one by itself, as the null model `permute`
 * takes them: together with the numbers of edges, all that {@linkcode expectedSpectrum} needs. Observed weights are kept, in 4
 * bytes each.
 *
 * @param checkpoint The checkpoint.
 * @param options Which networks, which distribution, and how much is read.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If the checkpoint cannot be read, or is of no known architecture.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { weightLaws } from "neuromfa/statistics";
 * import { expectedSpectrum } from "neuromfa/multifractal";
 *
 * const checkpoint = await (await openRun("suite:nano-64")).checkpoint(0);
 * const laws = await weightLaws(checkpoint, { edges: "sampled" });
 * assert.equal(laws.laws[0]!.edges, 32); // to the queries
 * const spectrum = expectedSpectrum(laws.kinds({ threshold: 150, digits: 0 }));
 * assert.equal(spectrum.status, "ok");
 * ```
 */
export async function weightLaws(
  checkpoint: Checkpoint,
  options: WeightLawsOptions = {},
): Promise<WeightLaws> {
  const read = readOptions("weightLaws", WEIGHT_LAWS_OPTIONS, options);
  const architecture = detectArchitecture(checkpoint), { layers, matrices } = architecture;
  const isFull = read.network === "full";
  const drawn = isFull ? null : sampleNodes(architecture, { layerSample: read.layerSample }).layers;
  const neurons = layers.map((layer, i) => ({
    layer,
    neurons: drawn === null ? layer.size : drawn[i]!.length,
  }));
  const stored = matrices.map((matrix) => storedMatrix(matrix, architecture));
  const rows = stored.map((matrix) => rowsOf(matrix, read.rows));
  await checkpoint.prefetch?.(stored.map(({ name }, i) => ({ name, rows: rows[i]! })));
  const laws: WeightLaw[] = [], all: Float32Array[] = [];
  for (const [i, matrix] of matrices.entries()) {
    const values = await valuesByPart(checkpoint, stored[i]!, rows[i]!);
    const edges = edgesByPart(matrix, stored[i]!, read.edges === "all" ? null : drawn?.[matrix.to]);
    const { from, role, block } = matrix;
    values.forEach((weights, part) => {
      if (weights.length === 0) return;
      all.push(weights);
      laws.push({
        ...{ from, role, block, part, edges: edges[part]! },
        ...lawOf(weights, read.distribution),
      });
    });
  }
  return {
    ...{ neurons, laws },
    medianLength: () => medianLengthOf(all),
    kinds: (lengths, scale) =>
      neurons.flatMap(({ neurons }, layer) => {
        const own = laws.filter(({ from, edges }) => from === layer && edges > 0);
        if (own.length === 0) return [];
        const edges = own.map((law) => ({
          edges: law.edges,
          lengths: law.lengths(lengths, scale),
        }));
        return [{ neurons, edges }];
      }),
  };
}

/** The median of `1 / |w|`, the lower of two middle ones. */
function medianLengthOf(parts: readonly Float32Array[]): number {
  const sizes = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of parts) for (const w of part) if (w !== 0) sizes[filled++] = Math.abs(w);
  // The lower length is that of the larger weight.
  return 1 / (quickselect(sizes.subarray(0, filled), filled >> 1)[filled >> 1] ?? NaN);
}

function lawOf(
  weights: Float32Array,
  distribution: "observed" | "gaussian",
): Pick<WeightLaw, "sigma" | "lengths"> {
  const sigma = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0) / weights.length);
  if (distribution === "gaussian") {
    return { sigma, lengths: (options, scale = 1) => gaussianLengths(sigma * scale, options) };
  }
  return {
    sigma,
    lengths(options, scale = 1) {
      const counter = new LengthCounter(options);
      counter.add(weights, scale);
      return counter.law();
    },
  };
}

/** Rows spread over a stored tensor. */
function rowsOf({ rows }: StoredMatrix, most = rows): RowRange[] {
  if (most >= rows) return [{ start: 0, end: rows }];
  return Array.from({ length: most }, (_, i) => {
    const start = Math.floor((i + 0.5) * rows / most);
    return { start, end: start + 1 };
  });
}

/** The weights of each part of a stored matrix, a kernel as one. */
async function valuesByPart(
  checkpoint: Checkpoint,
  matrix: StoredMatrix,
  rows: readonly RowRange[],
): Promise<Float32Array[]> {
  const { name, columns, kernel, rowsAreTargets, parts } = matrix;
  const partOf = partOfTargets(matrix);
  const numbers = [...rowNumbers(rows)];
  const sizes = parts.map(() => 0);
  for (const row of numbers) {
    if (rowsAreTargets) sizes[partOf[row]!]! += columns;
    else for (const part of partOf) sizes[part]!++;
  }
  const values = sizes.map((size) => new Float32Array(size)), filled = parts.map(() => 0);
  const together = Math.max(1, Math.floor(MOST_VALUES / (columns * kernel)));
  for (let first = 0; first < numbers.length; first += together) {
    const some = numbers.slice(first, first + together);
    const ranges = mergeAdjacentRows(some.map((row) => ({ start: row, end: row + 1 })));
    const stored = await checkpoint.read(name, ranges);
    const weights = normsOfKernels(decodeValues(stored), kernel);
    for (const [i, row] of some.entries()) {
      const own = weights.subarray(i * columns, (i + 1) * columns);
      if (rowsAreTargets) {
        const part = partOf[row]!;
        values[part]!.set(own, filled[part]);
        filled[part]! += columns;
      } else {own.forEach((weight, column) => {
          const part = partOf[column]!;
          values[part]![filled[part]!++] = weight;
        });}
    }
  }
  return values;
}

/** How many edges a neuron has to each part of a matrix: those to drawn neurons, or to all. */
function edgesByPart(
  { first }: WeightMatrix,
  { parts }: StoredMatrix,
  drawn: Int32Array | null | undefined,
): number[] {
  let start = first;
  return parts.map((ranges) => {
    const size = ranges.reduce((sum, { start, end }) => sum + end - start, 0), begin = start;
    start += size;
    return drawn ? drawn.filter((neuron) => neuron >= begin && neuron < start).length : size;
  });
}
