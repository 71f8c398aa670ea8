/** Which neurons each matrix of a sampled chain of blocks joins. */
import type { NodeSample } from "./node_sample.ts";

/**
 * Which out-edges of a sampled neuron are kept: only those to other sampled neurons, as published, or all of
 * them. The first truncates every neuron's edges and with them its masses; the second does not.
 */
export type SampledEdges = "sampled" | "all";

/** Positions of neurons within two layers, in the order that weights between them are listed. */
export interface LinkedNeurons {
  /** Neurons that edges leave. */
  readonly sources: Int32Array;
  /** Neurons that edges reach. */
  readonly targets: Int32Array;
}

/** The five steps through a block, by the names of its weights; `attention` is the published code's fixed pattern. */
export type BlockStep = "queryKeyValue" | "attention" | "dense" | "denseHTo4h" | "dense4hToH";

/** Neurons of a layer, in multiples of the hidden size. */
const SIZES = { n1: 1, n2: 3, n3: 1, n4: 1, n5: 4 } as const;

/**
 * List for each block which neurons each of its steps joins.
 *
 * @param sample The neurons drawn.
 * @param hidden Hidden size of the model.
 * @param edges Whether edges reach only sampled neurons or all.
 */
export function linkedNeurons(
  sample: NodeSample,
  hidden: number,
  edges: SampledEdges,
): Readonly<Record<BlockStep, LinkedNeurons>>[] {
  return sample.blocks.map((drawn, block) => {
    const next = sample.blocks[block + 1]?.n1 ?? sample.n6;
    const join = (
      source: keyof typeof SIZES,
      target: keyof typeof SIZES,
      sampled: Int32Array = drawn[target],
    ) => ({
      sources: drawn[source],
      targets: edges === "all" ? everyNeuron(SIZES[target] * hidden) : sampled,
    });
    return {
      queryKeyValue: join("n1", "n2"),
      attention: join("n2", "n3"),
      dense: join("n3", "n4"),
      denseHTo4h: join("n4", "n5"),
      dense4hToH: join("n5", "n1", next),
    };
  });
}

function everyNeuron(size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, neuron) => neuron);
}
