/**
 * Sampled networks with all out-edges as histograms, for which a checkpoint is read once for
 * several samples.
 */

import type { Architecture, NeuronLayer } from "../architectures/architecture.ts";
import { MatrixCounter } from "./full/count_matrix.ts";
import type { LengthBins } from "./full/length_bins.ts";
import { chosenLayers } from "./layer_selection.ts";
import { layerStarts, patternEdges } from "./link_layers.ts";
import type { NumberedSample, OpenedCheckpoint } from "./sample_networks.ts";

/**
 * Counts that are held at once: 64 MiB. Samples that need more are counted in turns, each turn with
 * a reading of its own.
 */
const MOST_COUNTS = 2 ** 24;

/** Histograms of fewer counts may take more room than the weights that they are of. */
const FEW_COUNTS = 2 ** 22;

/** The neurons that a sample draws of one layer. */
export interface DrawnNeurons {
  /** Index of the layer in the architecture. */
  readonly index: number;
  readonly layer: NeuronLayer;
  /** Their node ids, ascending. */
  readonly nodeIds: Int32Array;
  /**
   * For each way in which lengths are binned their histograms, row-major [neurons × bins]; none
   * where no weights leave the layer.
   */
  readonly counts: readonly Uint32Array[];
  /** For each the edges that fixed patterns give it, all of length 1. */
  readonly patternEdges: Uint32Array;
}

/** One sampled network, its edges counted rather than listed. */
export interface CountedSample {
  /** The number of the sample. */
  readonly sample: number;
  /** The neurons drawn, layer by layer. */
  readonly layers: readonly DrawnNeurons[];
  /** The ways in which lengths are binned. */
  readonly lengths: readonly LengthBins[];
}

/**
 * Whether samples are better counted than listed: their histograms are small, or have fewer counts
 * than there are weights.
 */
export function areWorthCounting(
  { architecture }: Pick<OpenedCheckpoint, "architecture">,
  sample: NumberedSample,
  lengths: readonly LengthBins[],
): boolean {
  const { weights, counts } = sizeOf(architecture, sample, lengths);
  return counts <= Math.max(weights, FEW_COUNTS);
}

function sizeOf(
  { layers: all, matrices }: Architecture,
  { nodes }: NumberedSample,
  lengths: readonly LengthBins[],
): { weights: number; counts: number } {
  const bins = lengths.reduce((sum, { bins }) => sum + bins, 0);
  let weights = 0, counts = 0;
  for (const from of chosenLayers(all)) {
    const own = matrices.filter((matrix) => matrix.from === from), { length } = nodes.layers[from]!;
    for (const { rows } of own) weights += rows * length;
    if (own.length > 0) counts += bins * length;
  }
  return { weights, counts };
}

/**
 * Count the out-edges of the neurons that some samples draw, by their lengths: the networks are
 * those that `networksOfCheckpoint` gives with all edges. Each matrix is read once, a part of it at
 * a time, for all samples that are held together; of the weights only the stored codes of drawn
 * neurons are looked at, and none is kept.
 */
export async function* countSamples(
  { checkpoint, architecture }: Pick<OpenedCheckpoint, "checkpoint" | "architecture">,
  samples: readonly NumberedSample[],
  lengths: readonly LengthBins[],
): AsyncGenerator<CountedSample, void, void> {
  if (samples.length === 0) return;
  const { counts } = sizeOf(architecture, samples[0]!, lengths);
  const together = Math.max(1, Math.floor(MOST_COUNTS / counts));
  const counter = new MatrixCounter(checkpoint, lengths);
  for (let start = 0; start < samples.length; start += together) {
    yield* countTogether(counter, architecture, samples.slice(start, start + together), lengths);
  }
}

/** Layer by layer, so that histograms are handed out to the samples while they are near. */
async function* countTogether(
  counter: MatrixCounter,
  architecture: Architecture,
  samples: readonly NumberedSample[],
  lengths: readonly LengthBins[],
): AsyncGenerator<CountedSample, void, void> {
  const { layers } = architecture, starts = layerStarts(layers);
  const counted = samples.map((): DrawnNeurons[] => []);
  const memory = lengths.map(() => new Uint32Array());
  for (const index of chosenLayers(layers)) {
    const layer = layers[index]!;
    const matrices = architecture.matrices.filter(({ from }) => from === index);
    const all = samples.flatMap(({ nodes }) => [...nodes.layers[index]!]);
    const drawn = Int32Array.from(new Set(all)).sort();
    const counts = matrices.length === 0 ? [] : memory.map((some, way) => {
      const length = drawn.length * lengths[way]!.bins;
      if (some.length < length) memory[way] = new Uint32Array(length);
      return memory[way]!.subarray(0, length).fill(0);
    });
    await counter.addAll({ layer, matrices, drawn }, counts, 0);
    const rows = new Int32Array(layer.size);
    drawn.forEach((neuron, row) => rows[neuron] = row);
    for (const [i, { nodes }] of samples.entries()) {
      const neurons = nodes.layers[index]!.toSorted();
      const own = Int32Array.from(neurons, (neuron) => rows[neuron]!);
      counted[i]!.push({
        ...{ index, layer },
        nodeIds: neurons.map((neuron) => starts[index]! + neuron),
        counts: counts.map((some, way) => rowsOf(some, own, lengths[way]!.bins)),
        patternEdges: patternEdges(architecture, index, neurons, nodes),
      });
    }
  }
  for (const [i, { sample }] of samples.entries()) yield { sample, layers: counted[i]!, lengths };
}

function rowsOf(counts: Uint32Array, rows: Int32Array, width: number): Uint32Array {
  const own = new Uint32Array(rows.length * width);
  rows.forEach((row, i) => own.set(counts.subarray(row * width, (row + 1) * width), i * width));
  return own;
}
