/** Where the neurons of a full network are counted. */
import type { NeuronLayer } from "../architectures/architecture.ts";
import type { FullNetworkPart } from "./full_network_parts.ts";

/** One layer of a full network. */
export interface LayerCounts {
  /** The layer. */
  readonly layer: NeuronLayer;
  /** The row of its first neuron among all histograms, or `null` where no weights leave it. */
  readonly first: number | null;
  /** How many edges fixed patterns give all of its neurons together; where there are any, each neuron has one. */
  readonly patternEdges: number;
}

/**
 * Give each layer that weights leave a place among the histograms.
 *
 * @param parts Layers with what leaves them.
 * @returns One entry for each of those, and how many neurons have a histogram.
 */
export function layerCounts(
  parts: readonly Pick<FullNetworkPart, "layer" | "matrices" | "patterns">[],
): { places: LayerCounts[]; neurons: number } {
  let neurons = 0;
  const places = parts.map(({ layer, matrices, patterns }) => {
    const first = matrices.length > 0 ? neurons : null;
    if (first !== null) neurons += layer.size;
    const patternEdges = patterns.reduce(
      (sum, { paired, targets }) => sum + paired + (layer.size - paired) * targets,
      0,
    );
    return { layer, first, patternEdges };
  });
  return { places, neurons };
}
