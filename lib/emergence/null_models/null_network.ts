/** The full network of a null model, measured layer by layer without making its weights where that can be done. */

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Architecture, WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import {
  type MeasuredPart,
  measureFullNetworkPart,
  measurePart,
  type MeasurePartOptions,
} from "../../multifractal/measure_full_network_part.ts";
import type { FullNetworkPart } from "../../networks/full/full_network_parts.ts";
import {
  allColumns,
  columnsFor,
  type HistogramColumns,
} from "../../networks/full/histogram_columns.ts";
import type { LengthBins } from "../../networks/full/length_bins.ts";
import { dealItems } from "./deal_items.ts";
import { lengthHistograms, normalHistogram } from "./length_histograms.ts";
import { nullCheckpoint, once } from "./null_checkpoint.ts";
import type { NullCheckpointOptions } from "./null_kind.ts";
import { deviations, rowCount } from "./null_tensors.ts";
import { seededStreams } from "./shuffle.ts";
import { storedMatrix } from "./stored_matrix.ts";
import { textDigest } from "./text_digest.ts";

/** What decides the null models of one checkpoint but the number of the draw. */
export type NullNetworkOptions = Omit<NullCheckpointOptions, "draw">;

/** A null model has no fractal dimensions. */
type NullPartOptions = Omit<MeasurePartOptions, "nfdThreshold" | "nfdMinimumEdges" | "onWeights">;

/**
 * Null models of the full network of a checkpoint. What they do to the edges of a neuron decides how many of them have each
 * length, and nothing else counts:
 *
 * - `permute` deals the lengths of each matrix to its neurons, and `gaussian` those of as many normal weights; see
 *   {@linkcode dealItems}. A matrix is read once for all draws.
 * - `permute-columns` leaves every neuron the lengths that it has.
 * - `permute-rows` and `rescale` are those of the weights of {@linkcode nullCheckpoint}.
 *
 * What is dealt has the distribution of {@linkcode nullCheckpoint}'s weights, not its numbers. It depends on the seed, the draw,
 * the tensor and the lengths that it holds: a matrix that two steps share is dealt alike in both, and any others
 * independently, whereas the weights of `nullCheckpoint` move together at all steps.
 */
export class NullNetwork {
  readonly #checkpoint: Checkpoint;
  readonly #architecture: Architecture;
  readonly #options: NullNetworkOptions;
  readonly #laws = new Map<string, Promise<LengthsOfParts>>();
  #made: { readonly draw: number; readonly checkpoint: Checkpoint } | null = null;

  constructor(checkpoint: Checkpoint, architecture: Architecture, options: NullNetworkOptions) {
    this.#checkpoint = checkpoint;
    this.#architecture = architecture;
    this.#options = options;
  }

  /** Measure a layer of a draw, as {@linkcode measureFullNetworkPart} does. */
  async measure(
    part: FullNetworkPart,
    draw: number,
    options: NullPartOptions,
  ): Promise<MeasuredPart> {
    const { kind } = this.#options;
    if (kind === "permute" || kind === "gaussian") {
      return await measurePart(part, options, {
        // Normal weights can have all lengths.
        columns: (ways) =>
          kind === "gaussian"
            ? allColumns(ways[0]!)
            : columnsFor(this.#checkpoint, part.matrices, ways)[0]!,
        count: async ([lengths], [columns], [counts]) => {
          for (const matrix of part.matrices) {
            await this.#deal(matrix, draw, lengths!, columns!, counts!);
          }
        },
      });
    }
    if (kind !== "permute-columns" && this.#made?.draw !== draw) {
      const checkpoint = nullCheckpoint(this.#checkpoint, this.#architecture, {
        ...this.#options,
        draw,
      });
      this.#made = { draw, checkpoint };
    }
    return await measureFullNetworkPart(this.#made?.checkpoint ?? this.#checkpoint, part, options);
  }

  /** Deal the lengths of the matrices of a tensor to their neurons. */
  async #deal(
    matrix: WeightMatrix,
    draw: number,
    lengths: LengthBins,
    columns: HistogramColumns,
    counts: Uint32Array,
  ): Promise<void> {
    const name = `${JSON.stringify(lengths)} ${matrix.tensor}`;
    const found = await once(this.#laws, name, () => this.#lawOf(matrix, lengths));
    const { seed } = this.#options;
    const streams = seededStreams(seed, draw, `lengths of ${matrix.tensor}, ${found.digest}`);
    for (let part = 0; part < found.parts; part++) {
      const generator = streams(part), histogram = found.histogram(part, generator);
      dealItems(Array.from(columns.bins, (bin) => histogram[bin]!), counts, generator);
    }
  }

  /** The lengths of the matrices of a tensor. */
  async #lawOf(matrix: WeightMatrix, lengths: LengthBins): Promise<LengthsOfParts> {
    const stored = storedMatrix(matrix, this.#architecture), parts = stored.parts.length;
    const checkpoint = this.#checkpoint;
    if (this.#options.kind === "permute") {
      const histograms = await lengthHistograms(checkpoint, matrix, stored, lengths);
      const digest = textDigest(histograms.join("\n"));
      return { parts, digest, histogram: (part) => histograms[part]! };
    }
    const scales = await deviations(stored, checkpoint), { columns, kernel } = matrix;
    const histogram: LengthsOfParts["histogram"] = (part, generator) => {
      const weights = columns * rowCount(stored.parts[part]!);
      return normalHistogram(weights, scales[part]!, kernel, lengths, generator);
    };
    return { parts, digest: textDigest(scales.join("\n")), histogram };
  }
}

/** The lengths of the matrices in a stored tensor. */
interface LengthsOfParts {
  /** How many matrices there are. */
  readonly parts: number;
  /** Of all that decides them. */
  readonly digest: string;
  /** How many weights of one of them have each length, by bin; normal ones are drawn. */
  readonly histogram: (part: number, generator: RandomGenerator) => Float64Array;
}
