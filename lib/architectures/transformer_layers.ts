/** The layers of neurons in a chain of transformer blocks, the patterns between them, and how they are drawn. */

import type {
  Architecture,
  DrawnLayer,
  FixedPattern,
  NeuronDraw,
  NeuronLayer,
} from "./architecture.ts";

/** Sizes of a transformer, in neurons. */
export interface TransformerSizes {
  /** Hidden size h: neurons of the residual stream. */
  readonly hidden: number;
  /** Outputs of the attention heads, and their queries; h in most models. */
  readonly attention: number;
  /** Keys, and as many values; fewer than queries where heads share them. */
  readonly keyValue: number;
  /** Neurons of one head; only asked for where heads share keys and values. */
  readonly headSize: number;
  /** Neurons inside the MLP. */
  readonly intermediate: number;
  /** Whether what is inside the MLP is the product of a gate and an upward projection. */
  readonly gated: boolean;
}

/** Neurons that a matrix of a block can join: a layer or a part of one. */
export type BlockPlace =
  | "block input"
  | "query, key, value"
  | "query"
  | "key"
  | "value"
  | "attention output"
  | "feed-forward input"
  | "gate"
  | "up"
  | "feed-forward hidden"
  | "block output";

/** Where some neurons of a block are: their layer, counted from the block's first, and the neurons in it. */
export interface PlaceInBlock {
  /** The layer. */
  readonly layer: number;
  /** Its first neuron that is meant. */
  readonly first: number;
  /** How many are meant. */
  readonly size: number;
}

/** Where the neurons of a block are; a block's outputs are the next block's inputs. */
export function placesInBlock(sizes: TransformerSizes): Readonly<Record<BlockPlace, PlaceInBlock>> {
  const { hidden, attention, keyValue, intermediate, gated } = sizes;
  const inside = gated ? 5 : 4;
  const place = (layer: number, size: number, first = 0) => ({ layer, first, size });
  return {
    "block input": place(0, hidden),
    "query, key, value": place(1, attention + 2 * keyValue),
    "query": place(1, attention),
    "key": place(1, keyValue, attention),
    "value": place(1, keyValue, attention + keyValue),
    "attention output": place(2, attention),
    "feed-forward input": place(3, hidden),
    "gate": place(4, intermediate),
    "up": place(4, intermediate, intermediate),
    "feed-forward hidden": place(inside, intermediate),
    "block output": place(inside + 1, hidden),
  };
}

/**
 * The layers of transformer blocks in the order that edges pass through them: block input → query, key, value →
 * attention output → feed-forward input → feed-forward hidden → next block's input (Xiao et al., ICLR 2025,
 * arXiv 2402.09099). From query, key, value to attention output leads the published code's pattern: each query to its own
 * output, each key and value to all outputs. Draws are the published code's too: for each block its input, its attention
 * outputs with their queries, keys and values, its feed-forward input, and twice as many inside the MLP; after the last
 * block its output.
 *
 * A gated MLP has one layer more, `gate, up`, whose two halves are paired with the neurons inside by a pattern: an inner
 * neuron is the product of its gate and its upward projection, as an attention output is made of a query, keys and values.
 * So each weight is one edge to a neuron of its own. Two edges between the same two neurons would be one neighbour
 * to a path and two to a box, and inner neurons counted twice would each repeat all weights that lead on.
 */
export function transformerLayers(
  blocks: number,
  sizes: TransformerSizes,
): Pick<Architecture, "layers" | "patterns" | "draws"> {
  const { hidden, attention, keyValue, headSize, intermediate, gated } = sizes;
  const places = placesInBlock(sizes);
  const layers: NeuronLayer[] = [];
  const patterns: FixedPattern[] = [];
  const draws: NeuronDraw[] = [];
  const sharing = attention / keyValue;
  const shared = { sharing, headSize: sharing === 1 ? 1 : headSize };
  for (let block = 0; block < blocks; block++) {
    const first = layers.length;
    const add = (role: string, size: number, learned = true) =>
      layers.push({ name: `block ${block} ${role}`, block, role, size, learned });
    const drawn = (place: BlockPlace, parts = [whole]) => ({
      layer: first + places[place].layer,
      parts,
    });
    const draw = (size: number, times: 1 | 2, ...layers: DrawnLayer[]) =>
      draws.push({ size, times, allOfFew: false, layers });
    const pattern = (role: string, from: BlockPlace, to: BlockPlace, paired: number) =>
      patterns.push({ role, block, from: drawn(from).layer, to: drawn(to).layer, paired });

    add("block input", hidden);
    add("query, key, value", attention + 2 * keyValue, false);
    add("attention output", attention);
    add("feed-forward input", hidden);
    if (gated) add("gate, up", 2 * intermediate, false);
    add("feed-forward hidden", intermediate);

    pattern("attention", "query", "attention output", attention);
    if (gated) pattern("gating", "gate", "feed-forward hidden", 2 * intermediate);

    const keys = { ...shared, first: places.key.first };
    const values = { ...shared, first: places.value.first };
    const upward = { ...whole, first: places.up.first };
    draw(hidden, 1, drawn("block input"));
    draw(attention, 1, drawn("query", [whole, keys, values]), drawn("attention output"));
    draw(hidden, 1, drawn("feed-forward input"));
    const inside = drawn("feed-forward hidden");
    draw(intermediate, 2, ...gated ? [drawn("gate", [whole, upward])] : [], inside);
  }
  const [block, role] = [blocks - 1, "block output"];
  const parts = [whole];
  draws.push({
    size: hidden,
    times: 1,
    allOfFew: false,
    layers: [{ layer: layers.length, parts }],
  });
  layers.push({ name: `block ${block} ${role}`, block, role, size: hidden, learned: false });
  return { layers, patterns, draws };
}

/** The drawn neurons themselves. */
const whole = { first: 0, sharing: 1, headSize: 1 };
