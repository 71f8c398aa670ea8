/** The layers and links of sampled GPT-NeoX blocks, with the reference's node ids. */
import type { NeuronLayer } from "../architectures/architecture.ts";
import { blockLayers } from "../architectures/block_layers.ts";
import type { Link, LinkedLayers } from "./link.ts";
import type { BlockSample, NodeSample } from "./node_sample.ts";

/** Weights between the drawn neurons of one block, each row-major [sources × targets] in the order drawn. */
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

/** Where n1 … n5 begin within a block, and the block's length, in multiples of the hidden size. */
const FIRST = { n1: 0, n2: 1, n3: 4, n4: 5, n5: 6, n6: 10 } as const;
const LAYERS_A_BLOCK = 5;

/**
 * Lay out a sampled chain of transformer blocks as layers and links: n1 –qkv→ n2 –attention→ n3 –dense→ n4
 * –h to 4h→ n5 –4h to h→ the next block's n1 (Xiao et al., ICLR 2025, arXiv 2402.09099). The attention
 * pattern is the published code's: the identity for the first h rows, ones for the other 2h.
 *
 * @param sample The neurons drawn.
 * @param weights The weights between them, one entry for each block.
 * @param hidden Hidden size h that places ids and attention pattern; differs from the sample's `features`
 * only where a sample was drawn from fewer neurons than the layers have.
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
  hidden: number = sample.features,
): LinkedLayers {
  const layers: NeuronLayer[] = [];
  const links: Link[] = [];
  sample.blocks.forEach((drawn, block) => {
    const given = weights[block];
    if (!given) {
      throw new RangeError(
        `Block ${block} of ${sample.blocks.length} has no weights; give one entry for each block.`,
      );
    }
    const base = FIRST.n6 * hidden * block;
    const ids = (name: keyof typeof FIRST, positions: Int32Array) =>
      positions.map((position) => base + FIRST[name] * hidden + position);
    const n1 = ids("n1", drawn.n1), n2 = ids("n2", drawn.n2), n3 = ids("n3", drawn.n3);
    const n4 = ids("n4", drawn.n4), n5 = ids("n5", drawn.n5);
    const n6 = ids("n6", sample.blocks[block + 1]?.n1 ?? sample.n6);
    layers.push(...blockLayers(block, hidden, 4 * hidden));
    const first = LAYERS_A_BLOCK * block;
    links.push(
      link(first, n1, n2, given.queryKeyValue, block, "queryKeyValue"),
      link(first + 1, n2, n3, attentionPattern(drawn, hidden), block, "attention"),
      link(first + 2, n3, n4, given.dense, block, "dense"),
      link(first + 3, n4, n5, given.denseHTo4h, block, "denseHTo4h"),
      link(first + 4, n5, n6, given.dense4hToH, block, "dense4hToH"),
    );
  });
  return { layers, links };
}

function attentionPattern({ n2, n3 }: BlockSample, hidden: number): Float64Array {
  const pattern = new Float64Array(n2.length * n3.length);
  n2.forEach((row, i) =>
    n3.forEach((column, j) => {
      if (row >= hidden || row === column) pattern[i * n3.length + j] = 1;
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
        `${targets.length} neurons were drawn; give one weight for each pair.`,
    );
  }
  return { layer, sources, targets, weights };
}
