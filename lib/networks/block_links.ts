/** The layers and links of sampled GPT-NeoX blocks, with the reference's node ids. */
import type { NeuronLayer } from "../architectures/architecture.ts";
import { blockLayers } from "../architectures/block_layers.ts";
import type { Link, LinkedLayers } from "./link.ts";
import { type LinkedNeurons, linkedNeurons, type SampledEdges } from "./linked_neurons.ts";
import type { NodeSample } from "./node_sample.ts";

/** Weights between the neurons that one block joins, each row-major [sources × targets] in their order. */
export interface BlockWeights {
  /** Block input to query, key, value: [n1 × n2]. */
  readonly queryKeyValue: Float64Array;
  /** Attention output to the dense layer's output: [n3 × n4]. */
  readonly dense: Float64Array;
  /** Into the feed-forward layer: [n4 × n5]. */
  readonly denseHTo4h: Float64Array;
  /** Out of the feed-forward layer, to the next block's input: [n5 × n6]. */
  readonly dense4hToH: Float64Array;
}

/** The steps through a block in order, and where the layers at their ends begin, in multiples of the hidden size. */
const STEPS = [
  ["queryKeyValue", 0, 1],
  ["attention", 1, 4],
  ["dense", 4, 5],
  ["denseHTo4h", 5, 6],
  ["dense4hToH", 6, 10],
] as const;
/** Neurons of a block's layers together, in multiples of the hidden size. */
const BLOCK_LENGTH = 10;

/** How a sample is laid out. */
export interface BlockLinksOptions {
  /** Hidden size h that places ids; the sample's `features` unless it was drawn from fewer neurons than there are. */
  readonly hidden?: number;
  /** Which out-edges the weights are of; default `sampled`, as published. */
  readonly edges?: SampledEdges;
}

/**
 * Lay out a sampled chain of transformer blocks as layers and links: n1 –qkv→ n2 –attention→ n3 –dense→ n4
 * –h to 4h→ n5 –4h to h→ the next block's n1 (Xiao et al., ICLR 2025, arXiv 2402.09099). The attention
 * pattern is the published code's: the identity for the first h rows, ones for the other 2h.
 *
 * @param sample The neurons drawn.
 * @param weights The weights between them, one entry for each block.
 * @param options Hidden size and kind of edges.
 * @returns Five layers and five links for each block.
 * @throws {RangeError} If a weight matrix has not the size that the sample asks for.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { blockLinks, sampleNodes } from "neuromfa";
 *
 * const sample = sampleNodes({ sample: 0, blocks: 1, features: 8, layerSample: 2 });
 * const { links } = blockLinks(sample, [{
 *   queryKeyValue: new Float64Array(2 * 6).fill(0.5),
 *   dense: new Float64Array(2 * 2).fill(0.5),
 *   denseHTo4h: new Float64Array(2 * 4).fill(0.5),
 *   dense4hToH: new Float64Array(4 * 2).fill(0.5),
 * }]);
 * equal(links.length, 5);
 * ```
 */
export function blockLinks(
  sample: NodeSample,
  weights: readonly BlockWeights[],
  options: BlockLinksOptions = {},
): LinkedLayers {
  const { hidden = sample.features, edges = "sampled" } = options;
  const layers: NeuronLayer[] = [];
  const links: Link[] = [];
  linkedNeurons(sample, hidden, edges).forEach((neurons, block) => {
    const given = weights[block];
    if (!given) {
      throw new RangeError(
        `Block ${block} of ${sample.blocks.length} has no weights; give one entry for each block.`,
      );
    }
    const first = layers.length;
    layers.push(...blockLayers(block, hidden, 4 * hidden));
    STEPS.forEach(([name, from, to], i) => {
      const ids = (start: number, positions: Int32Array) =>
        positions.map((position) => (BLOCK_LENGTH * block + start) * hidden + position);
      const { sources, targets } = neurons[name];
      const values = name === "attention" ? attentionPattern(neurons[name], hidden) : given[name];
      links.push(link(first + i, ids(from, sources), ids(to, targets), values, block, name));
    });
  });
  return { layers, links };
}

function attentionPattern({ sources, targets }: LinkedNeurons, hidden: number): Float64Array {
  const pattern = new Float64Array(sources.length * targets.length);
  sources.forEach((row, i) =>
    targets.forEach((column, j) => {
      if (row >= hidden || row === column) pattern[i * targets.length + j] = 1;
    })
  );
  return pattern;
}

function link(
  layer: number,
  sources: Int32Array,
  targets: Int32Array,
  weights: Float64Array,
  block: number,
  name: string,
): Link {
  if (weights.length !== sources.length * targets.length) {
    throw new RangeError(
      `${name} of block ${block} holds ${weights.length} weights, but ${sources.length} × ` +
        `${targets.length} neurons are joined; give one weight for each pair.`,
    );
  }
  return { layer, sources, targets, weights };
}
