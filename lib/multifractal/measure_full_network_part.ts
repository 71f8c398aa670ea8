/** What one layer's neurons give to the spectrum of the full network. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import {
  BOX_OPTIONS,
  type BoxOptions,
  countsLength,
  readBoxOptions,
} from "../networks/box_options.ts";
import { MatrixCounter } from "../networks/full/count_matrix.ts";
import { type FullNetworkPart, layerCounts } from "../networks/full/full_network_parts.ts";
import type { BoxGrowingOptions } from "../networks/grow_boxes.ts";
import type { LayerSelection } from "../networks/mass_table.ts";
import { lengthBins } from "../networks/full/length_bins.ts";
import { callback } from "../options/option.ts";
import { OPTIONS } from "../options/options.ts";
import type { QGrid } from "../options/values.ts";
import { type PartDimensions, partDimensions } from "../nfd/nfd.ts";
import { nodeSums, type PartitionSums } from "./node_sums.ts";
import { ordersOf, SPECTRUM_OPTIONS } from "./multifractal_spectrum.ts";

/** How a part of the full network is measured. */
export interface MeasurePartOptions extends BoxGrowingOptions {
  /** Orders q, as a uniform grid or one by one; −3 to 3 by 0.1 unless given. */
  readonly q?: QGrid | ArrayLike<number>;
  /** Longest edge that counts for the fractal dimension of nodes, 200 as published; they are not measured unless it is given. */
  readonly nfdThreshold?: number;
  /** A node has a fractal dimension only if it has more edges than this; `minimumEdges` unless given. */
  readonly nfdMinimumEdges?: number;
  /** Called with the number of weights of this part counted so far, now and then. */
  readonly onWeights?: (weights: number) => void;
}

/** The options of a part, as declared; it has no fractal dimensions unless their threshold is given. */
const { default: _published, ...nfdThreshold } = OPTIONS.nfdThreshold;
const { default: _same, ...nfdMinimumEdges } = OPTIONS.minimumEdges;
const PART_OPTIONS = {
  ...BOX_OPTIONS,
  ...{ q: SPECTRUM_OPTIONS.q, nfdThreshold, nfdMinimumEdges },
  onWeights: callback<(weights: number) => void>("called with the number of weights counted"),
};

/**
 * Sums over the selected neurons of one layer; those of all layers add up to the network's. Only numbers, typed arrays and
 * plain objects: it can be sent by a worker or stored. Rows of {@linkcode PartitionSums} are bins: a rounded length times
 * `10 ** digits`, from 0 up to the longest.
 */
export interface MeasuredPart extends PartitionSums {
  /** Number of the part. */
  readonly index: number;
  /** The layer, and how many of its neurons were kept and dropped. */
  readonly layer: LayerSelection;
  /** Edges of the layer's neurons, within the threshold or not. */
  readonly edges: number;
  /** How boxes were grown. */
  readonly boxes: BoxOptions;
  /** Orders. */
  readonly q: Float64Array;
  /** How many edges of kept neurons have each rounded length, by bin. */
  readonly edgesAt: Float64Array;
  /** The fractal dimensions of the layer's neurons, or `null` if they were not asked for. */
  readonly dimensions: PartDimensions | null;
}

/**
 * Measure the neurons of one layer of the full network, every weight of them. Weights are read once and never held.
 *
 * @param part The layer, as {@linkcode fullNetworkParts} gives it.
 * @returns What {@linkcode fullNetworkSpectrum} needs of the layer.
 * @throws {RangeError} If an option is out of range, or a weight is not finite.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If the checkpoint cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { detectArchitecture } from "neuromfa/checkpoints";
 * import { measureFullNetworkPart } from "neuromfa/multifractal";
 * import { fullNetworkParts } from "neuromfa/networks";
 *
 * const checkpoint = await (await openRun("suite:nano-64")).checkpoint(0);
 * const [part] = fullNetworkParts(detectArchitecture(checkpoint));
 * const measured = await measureFullNetworkPart(checkpoint, part!);
 * assert.equal(measured.layer.kept, 64);
 * assert.equal(measured.edges, 64 * 3 * 64);
 * ```
 */
export async function measureFullNetworkPart(
  checkpoint: Checkpoint,
  part: FullNetworkPart,
  options: MeasurePartOptions = {},
): Promise<MeasuredPart> {
  const read = readBoxOptions("measureFullNetworkPart", PART_OPTIONS, options);
  const { threshold, minimumEdges, digits, nfdThreshold, onWeights } = read;
  const { nfdMinimumEdges = minimumEdges } = read;
  const boxes = { threshold, minimumEdges, digits };
  const q = ordersOf(read.q);
  const ways = [lengthBins(1, threshold, digits)];
  if (nfdThreshold !== undefined) ways.push(lengthBins(0, nfdThreshold, digits));
  const counts = ways.map(({ bins }) =>
    new Uint32Array(countsLength(part.layer.size, bins, digits))
  );
  const counter = new MatrixCounter(checkpoint, ways);
  let weights = 0;
  await counter.addAll(part, counts, 0, (more) => onWeights?.(weights += more));
  const dimensions = ways[1] ? partDimensions(part, counts[1]!, ways[1], nfdMinimumEdges) : null;
  const { bins, largest, outside } = ways[0]!;
  const { edges: within, ...sums } = nodeSums({
    ...{ counts: counts[0]!, nodes: part.matrices.length > 0 ? part.layer.size : 0 },
    ...{ columns: bins, radii: largest + 1, minimumEdges },
  }, q);
  const all = within.map((edges, i) => edges + counts[0]![i * bins + outside]!);
  return {
    index: part.index,
    ...selectionOf(part, within, all, minimumEdges),
    boxes,
    q,
    ...sums,
    dimensions,
  };
}

/** Count the nodes of a layer and its edges, from those of each neuron within the threshold and of all lengths. */
function selectionOf(
  part: FullNetworkPart,
  within: Uint32Array,
  all: Uint32Array,
  minimumEdges: number,
): { layer: LayerSelection; edges: number } {
  const { layer, patternEdges } = layerCounts([part]).places[0]!;
  const nodes = patternEdges > 0 ? layer.size : all.filter((edges) => edges > 0).length;
  const kept = within.filter((edges) => edges > minimumEdges).length;
  return {
    layer: { layer, nodes, kept, dropped: nodes - kept },
    edges: all.reduce((sum, edges) => sum + edges, patternEdges),
  };
}
