/** Where the neurons of a full network are counted. */
import type { Architecture, NeuronLayer } from "../architectures/architecture.ts";

/** One layer of a full network. */
export interface LayerCounts {
  /** The layer. */
  readonly layer: NeuronLayer;
  /** Its index in the architecture. */
  readonly index: number;
  /** The row of its first neuron among all histograms, or `null` where no weights leave it. */
  readonly first: number | null;
  /** How many edges fixed patterns give all of its neurons together; where there are any, each neuron has one. */
  readonly patternEdges: number;
}

/**
 * Give each layer that weights leave a place among the histograms.
 *
 * @param architecture Layers, matrices and patterns.
 * @param chosen The layers that are measured, ascending.
 * @returns One entry for each of those, and how many neurons have a histogram.
 */
export function layerCounts(
  { layers, matrices, patterns }: Pick<Architecture, "layers" | "matrices" | "patterns">,
  chosen: readonly number[],
): { places: LayerCounts[]; neurons: number } {
  let neurons = 0;
  const places = chosen.map((index) => {
    const layer = layers[index]!;
    const weighted = matrices.some(({ from }) => from === index);
    const first = weighted ? neurons : null;
    if (weighted) neurons += layer.size;
    const patternEdges = patterns.filter(({ from }) => from === index).reduce(
      (sum, { paired, to }) => sum + paired + (layer.size - paired) * layers[to]!.size,
      0,
    );
    return { layer, index, first, patternEdges };
  });
  return { places, neurons };
}
