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
import {
  allColumns,
  columnsFor,
  type HistogramColumns,
} from "../networks/full/histogram_columns.ts";
import { type LengthBins, lengthBins } from "../networks/full/length_bins.ts";
import { callback } from "../options/option.ts";
import { OPTIONS } from "../options/options.ts";
import type { QGrid } from "../options/values.ts";
import { type PartDimensions, partDimensions } from "../nfd/nfd.ts";
import { atAllRadii, nodeSums, type PartitionSums } from "./node_sums.ts";
import { ordersOf, SPECTRUM_OPTIONS } from "./multifractal_spectrum.ts";

/** How a part of the full network is measured. */
export interface MeasurePartOptions extends BoxGrowingOptions {
  /** Orders q, as a uniform grid or one by one; −3 to 3 by 0.1 unless given. */
  readonly q?: QGrid | ArrayLike<number>;
  /**
   * Longest edge that counts for the fractal dimension of nodes, 200 as published; they are not
   * measured unless it is given.
   */
  readonly nfdThreshold?: number;
  /**
   * A node has a fractal dimension only if it has more edges than this; `minimumEdges` unless
   * given.
   */
  readonly nfdMinimumEdges?: number;
  /** Called with the number of weights of this part counted so far, now and then. */
  readonly onWeights?: (weights: number) => void;
}

/**
 * The options of a part, as declared; it has no fractal dimensions unless their threshold is given.
 */
const { default: _published, ...nfdThreshold } = OPTIONS.nfdThreshold;
const { default: _same, ...nfdMinimumEdges } = OPTIONS.minimumEdges;
const PART_OPTIONS = {
  ...BOX_OPTIONS,
  ...{ q: SPECTRUM_OPTIONS.q, nfdThreshold, nfdMinimumEdges },
  onWeights: callback<(weights: number) => void>("called with the number of weights counted"),
};

/**
 * Sums over the selected neurons of one layer; those of all layers add up to the network's. Only
 * numbers, typed arrays and plain objects: it can be sent by a worker or stored. Rows of
 * {@linkcode PartitionSums} are bins: a rounded length times `10 ** digits`, from 0 up to the
 * longest.
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
  let weights = 0;
  return await measurePart(part, options, {
    columns: (ways) => columnsFor(checkpoint, part.matrices, ways)[0]!,
    count: (ways, columns, counts) => {
      const onWeights = (more: number) => options.onWeights?.(weights += more);
      return new MatrixCounter(checkpoint, ways, columns).addAll(part, counts, 0, onWeights);
    },
  });
}

/** Who counts the edges of a layer's neurons, for each way of binning their lengths. */
export interface EdgeCounter {
  /** The columns of histograms for the first way. */
  readonly columns: (ways: readonly LengthBins[]) => HistogramColumns;
  /** Add to the histograms of the neurons, row-major [neurons × columns] for each way. */
  readonly count: (
    ways: readonly LengthBins[],
    columns: readonly HistogramColumns[],
    counts: readonly Uint32Array[],
  ) => Promise<void>;
}

/** Measure the neurons of one layer whose edges somebody counts. */
export async function measurePart(
  part: FullNetworkPart,
  options: MeasurePartOptions,
  counter: EdgeCounter,
): Promise<MeasuredPart> {
  const read = readBoxOptions("measureFullNetworkPart", PART_OPTIONS, options);
  const { threshold, minimumEdges, digits, nfdThreshold } = read;
  const { nfdMinimumEdges = minimumEdges } = read;
  const boxes = { threshold, minimumEdges, digits };
  const q = ordersOf(read.q);
  const ways = [lengthBins(1, threshold, digits)];
  if (nfdThreshold !== undefined) ways.push(lengthBins(0, nfdThreshold, digits));
  const own = counter.columns(ways), { size } = part.layer;
  const columns = ways.map((way, i) => i === 0 ? own : allColumns(way));
  const counts = columns.map(({ bins }) =>
    new Uint32Array(countsLength(size, bins.length, digits))
  );
  await counter.count(ways, columns, counts);
  const dimensions = ways[1] ? partDimensions(part, counts[1]!, ways[1], nfdMinimumEdges) : null;
  const { edges, sums } = sumsByBin(part, counts[0]!, own, { lengths: ways[0]!, minimumEdges, q });
  const outside = own.columnOf[ways[0]!.outside]!;
  const all = edges.map((within, i) => within + counts[0]![i * own.bins.length + outside]!);
  const selection = selectionOf(part, edges, all, minimumEdges);
  return { index: part.index, ...selection, boxes, q, ...sums, dimensions };
}

/** Sum the histograms of a layer's neurons, for every bin. */
function sumsByBin(
  { layer, matrices }: FullNetworkPart,
  counts: Uint32Array,
  { bins, lengths: radii }: HistogramColumns,
  { lengths: { largest }, minimumEdges, q }: {
    readonly lengths: LengthBins;
    readonly minimumEdges: number;
    readonly q: Float64Array;
  },
): { edges: Uint32Array; sums: Pick<MeasuredPart, "powers" | "logMasses" | "edgesAt"> } {
  const nodes = matrices.length > 0 ? layer.size : 0;
  const { edges, edgesAt: at, columns, powers, logMasses } = nodeSums(
    { counts, nodes, columns: bins.length, radii, minimumEdges },
    q,
  );
  const rows = columns.map((column) => bins[column]!), edgesAt = new Float64Array(largest + 1);
  at.forEach((some, column) => edgesAt[bins[column]!] = some);
  const sums = {
    powers: atAllRadii(powers, rows, largest + 1),
    logMasses: atAllRadii(logMasses, rows, largest + 1),
    edgesAt,
  };
  return { edges, sums };
}

/**
 * Count the nodes of a layer and its edges, from those of each neuron within the threshold and of
 * all lengths.
 */
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
