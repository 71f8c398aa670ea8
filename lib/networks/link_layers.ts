/** The layers and links of a sampled model, with a node id for each neuron. */

import type {
  Architecture,
  FixedPattern,
  NeuronLayer,
  WeightMatrix,
} from "../architectures/architecture.ts";
import type { Link, LinkedLayers } from "./network.ts";
import type { NodeSample } from "./sample_nodes.ts";
import type { SampledEdges } from "../options/values.ts";

/** How a sample is laid out. */
export interface LinkLayersOptions {
  /** Which out-edges the weights are of; default `sampled`, as published. */
  readonly edges?: SampledEdges;
}

/**
 * Lay out a sample as layers and links, in the order of the layers that edges come from. A neuron's node id is its
 * position plus the sizes of all layers before its own, which for GPT-NeoX gives the published code's ids (Xiao et al.,
 * ICLR 2025, arXiv 2402.09099).
 *
 * @param weights The weights between them for each matrix, row-major [sources × targets] in their order.
 * @returns All layers that edges come from, and a link for each matrix and pattern.
 * @throws {RangeError} If weights are missing, or not as many as the sample asks for.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { linkLayers } from "neuromfa/networks";
 *
 * const layer = { block: 0, learned: true };
 * const { links } = linkLayers(
 *   {
 *     layers: [{ ...layer, name: "in", role: "in", size: 4 }, { ...layer, name: "out", role: "out", size: 3 }],
 *     matrices: [{
 *       ...{ role: "dense", block: 0, from: 0, to: 1, first: 0, rows: 3, columns: 4 },
 *       ...{ tensor: "dense.weight", orientation: "out, in", kernel: 1, fused: false },
 *     }],
 *     patterns: [],
 *   },
 *   { layers: [Int32Array.of(3, 1), Int32Array.of(2)] },
 *   [Float64Array.of(0.5, -0.25)],
 * );
 * deepEqual([...links[0]!.sources], [3, 1]);
 * deepEqual([...links[0]!.targets], [4 + 2]);
 * ```
 */
export function linkLayers(
  { layers, matrices, patterns }: Pick<Architecture, "layers" | "matrices" | "patterns">,
  sample: NodeSample,
  weights: readonly Float64Array[],
  { edges = "sampled" }: LinkLayersOptions = {},
): LinkedLayers {
  if (weights.length !== matrices.length) {
    throw new RangeError(
      `The weights of ${weights.length} matrices were given, but there are ${matrices.length}; ` +
        "give one entry for each",
    );
  }
  const starts = layerStarts(layers);
  const all = [...matrices, ...patterns].map((joins, i) => {
    const neurons = linkedNeurons(joins, layers, sample, edges);
    const values = "paired" in joins
      ? patternWeights(joins, neurons, layers[joins.to]!.size)
      : weights[i]!;
    const { sources, targets } = neurons;
    if (values.length !== sources.length * targets.length) {
      throw new RangeError(
        `${joins.role} of block ${joins.block} holds ${values.length} weights, but ` +
          `${sources.length} × ${targets.length} neurons are joined; give one weight for each pair`,
      );
    }
    return {
      layer: joins.from,
      sources: sources.map((neuron) => starts[joins.from]! + neuron),
      targets: targets.map((neuron) => starts[joins.to]! + neuron),
      weights: values,
    } satisfies Link;
  });
  return { layers: layers.slice(0, -1), links: all.sort((a, b) => a.layer - b.layer) };
}

/** The node id of each layer's first neuron, and one past the last node. */
export function layerStarts(layers: readonly NeuronLayer[]): number[] {
  const starts = [0];
  for (const { size } of layers) starts.push(starts.at(-1)! + size);
  return starts;
}

function patternWeights(
  { paired }: FixedPattern,
  { sources, targets }: LinkedNeurons,
  size: number,
): Float64Array {
  const weights = new Float64Array(sources.length * targets.length);
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i]!, start = i * targets.length;
    if (source >= paired) weights.fill(1, start, start + targets.length);
    else {
      for (let j = 0; j < targets.length; j++) {
        if (source % size === targets[j]) weights[start + j] = 1;
      }
    }
  }
  return weights;
}

/**
 * How many edges the fixed patterns that leave a layer give each of some of its neurons, where all
 * edges are kept.
 */
export function patternEdges(
  { layers, patterns }: Pick<Architecture, "layers" | "patterns">,
  layer: number,
  neurons: Int32Array,
  sample: NodeSample,
): Uint32Array {
  const edges = new Uint32Array(neurons.length);
  for (const pattern of patterns) {
    if (pattern.from !== layer) continue;
    const { size } = layers[pattern.to]!;
    const drawn = isPairedOnly(pattern, layers) ? new Set(sample.layers[pattern.to]!) : null;
    for (const [i, neuron] of neurons.entries()) {
      if (neuron >= pattern.paired) edges[i]! += size;
      else edges[i]! += +(drawn === null || drawn.has(neuron % size));
    }
  }
  return edges;
}

/** Whether each neuron of the layer that a pattern leaves leads to one neuron only. */
function isPairedOnly({ paired, from }: FixedPattern, layers: readonly NeuronLayer[]): boolean {
  return paired === layers[from]!.size;
}

/** Positions of neurons within two layers, in the order that weights between them are listed. */
export interface LinkedNeurons {
  readonly sources: Int32Array;
  readonly targets: Int32Array;
}

/** The neurons that a matrix or a pattern joins, all that edges reach or only sampled ones. */
export function linkedNeurons(
  joins: WeightMatrix | FixedPattern,
  layers: readonly NeuronLayer[],
  sample: NodeSample,
  edges: SampledEdges,
): LinkedNeurons {
  const sources = sample.layers[joins.from]!;
  const drawn = sample.layers[joins.to]!;
  if ("paired" in joins) {
    // What is paired with a drawn neuron is drawn with it: it has no other edges.
    const allDrawn = edges === "sampled" || isPairedOnly(joins, layers);
    return { sources, targets: allDrawn ? drawn : neurons(0, layers[joins.to]!.size) };
  }
  const { first, rows } = joins;
  const targets = edges === "all"
    ? neurons(first, rows)
    : rows === layers[joins.to]!.size
    ? drawn
    : drawn.filter((neuron) => neuron >= first && neuron < first + rows);
  return { sources, targets };
}

function neurons(first: number, size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, neuron) => first + neuron);
}
