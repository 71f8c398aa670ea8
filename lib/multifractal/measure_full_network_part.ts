/** What one layer's neurons give to the spectrum of the full network. */
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { type BoxOptions, checkBoxOptions } from "../networks/check_box_options.ts";
import { countsLength } from "../networks/box_bounds.ts";
import { MatrixCounter } from "../networks/count_matrix.ts";
import type { FullNetworkPart } from "../networks/full_network_parts.ts";
import type { BoxGrowingOptions } from "../networks/grow_boxes.ts";
import type { LayerSelection } from "../networks/kept_by_layer.ts";
import { layerCounts } from "../networks/layer_counts.ts";
import { lengthBins } from "../networks/length_bins.ts";
import type { MassTable } from "../networks/mass_table.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import { selectNodes } from "../networks/select_nodes.ts";
import { type PartDimensions, partDimensions } from "./part_dimensions.ts";
import { type PartitionSums, partitionSums } from "./partition_sums.ts";
import { qGrid } from "./q_grid.ts";

/** How a part of the full network is measured. */
export interface MeasurePartOptions extends BoxGrowingOptions {
  /** Orders q; −3 to 3 by 0.1 unless given. */
  readonly q?: ArrayLike<number>;
  /** Longest edge that counts for the fractal dimension of nodes, 200 as published; they are not measured unless it is given. */
  readonly nfdThreshold?: number;
  /** A node has a fractal dimension only if it has more edges than this; `minimumEdges` unless given. */
  readonly nfdMinimumEdges?: number;
  /** Called with the number of weights of this part counted so far, now and then. */
  readonly onWeights?: (weights: number) => void;
}

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
 * @param checkpoint The checkpoint to read.
 * @param part The layer, as {@linkcode fullNetworkParts} gives it.
 * @param options Threshold, least number of edges, rounding, and orders.
 * @returns What {@linkcode fullNetworkSpectrum} needs of the layer.
 * @throws {RangeError} If an option is out of range, or a weight is not finite.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If the checkpoint cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { detectArchitecture, fullNetworkParts, measureFullNetworkPart, openRun } from "neuromfa";
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
  refuseUnknownOptions("measureFullNetworkPart", options, [
    "threshold",
    "minimumEdges",
    "digits",
    "q",
    "nfdThreshold",
    "nfdMinimumEdges",
    "onWeights",
  ]);
  const { threshold = 150, minimumEdges = 10, digits = 0, nfdThreshold, onWeights } = options;
  const { nfdMinimumEdges = minimumEdges } = options;
  const boxes = { threshold, minimumEdges, digits };
  checkBoxOptions(boxes, 1, 150);
  const q = Float64Array.from(options.q ?? qGrid());
  const ways = [lengthBins(1, threshold, digits)];
  if (nfdThreshold !== undefined) {
    checkBoxOptions({ threshold: nfdThreshold, minimumEdges: nfdMinimumEdges, digits }, 0, 200);
    ways.push(lengthBins(0, nfdThreshold, digits));
  }
  const { places } = layerCounts([part]);
  const counts = ways.map(({ bins }) =>
    new Uint32Array(countsLength(part.layer.size, bins, digits))
  );
  const counter = new MatrixCounter(checkpoint, ways);
  let weights = 0;
  await counter.addAll(part, counts, 0, (more) => onWeights?.(weights += more));
  const dimensions = ways[1] ? partDimensions(part, counts[1]!, ways[1], nfdMinimumEdges) : null;
  const { masses, layers } = selectNodes(places, counts[0]!, ways[0]!, minimumEdges, "all");
  return {
    index: part.index,
    layer: layers[0]!,
    edges: masses.edges,
    boxes,
    q,
    ...partitionSums(masses, q),
    edgesAt: sumOfRows(masses),
    dimensions,
  };
}

function sumOfRows({ radii, counts }: MassTable): Float64Array {
  const sums = new Float64Array(radii.length);
  for (let k = 0; k < counts.length;) {
    for (let j = 0; j < sums.length; j++, k++) sums[j]! += counts[k]!;
  }
  return sums;
}
