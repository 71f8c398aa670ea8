/** Which neurons each matrix or pattern of an architecture joins in a sample. */
import type { FixedPattern, NeuronLayer, WeightMatrix } from "../architectures/architecture.ts";
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

/**
 * The neurons that a matrix or a pattern joins.
 *
 * @param joins The matrix or pattern.
 * @param layers The architecture's layers.
 * @param sample The neurons drawn.
 * @param edges Whether edges reach only sampled neurons or all.
 */
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
    const allDrawn = edges === "sampled" || joins.paired === layers[joins.from]!.size;
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
