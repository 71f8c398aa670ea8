/** The layers of neurons in a transformer block, and their names in tables. */
import type { NeuronLayer } from "./architecture.ts";

/**
 * The five layers of a block whose neurons have out-edges, in the order that edges pass through them (Xiao et al.,
 * ICLR 2025, arXiv 2402.09099). From query, key, value to attention output leads a fixed pattern, no weights.
 *
 * @param block The block's number, from 0.
 * @param hidden Hidden size h.
 * @param intermediate Neurons inside the feed-forward layer.
 */
export function blockLayers(block: number, hidden: number, intermediate: number): NeuronLayer[] {
  const layer = (role: string, size: number, learned = true): NeuronLayer => ({
    name: `block ${block} ${role}`,
    block,
    role,
    size,
    learned,
  });
  return [
    layer("block input", hidden),
    layer("query, key, value", 3 * hidden, false),
    layer("attention output", hidden),
    layer("feed-forward input", hidden),
    layer("feed-forward hidden", intermediate),
  ];
}
