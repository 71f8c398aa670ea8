/** The fractal dimension of single neurons. */

import type { NeuronInteractionNetwork } from "../networks/network.ts";
import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import { INTEGERS_ONLY, roundHalfEven } from "../numpy/round_half_even.ts";
import { slopeOf } from "../statistics/linear_regression.ts";
import type { LengthBins } from "../networks/full/length_bins.ts";
import type { FullNetworkPart } from "../networks/full/full_network_parts.ts";
import type { CountedSample, DrawnNeurons } from "../networks/counted_samples.ts";

/** How node fractal dimensions are taken. */
export type NfdOptions = SomeOptions<"nfdThreshold" | "minimumEdges" | "digits">;

const NFD_OPTIONS = pick(OPTIONS, ["nfdThreshold", "minimumEdges", "digits"]);

/**
 * Why a node has its value. Only `"ok"` is measured; the others stand for a dimension of 0. `"never"`: the
 * node's edges are a fixed pattern or too few at any threshold, so no training can give it a dimension.
 */
export type NodeStatus = "ok" | "too few edges" | "fewer than two radii" | "never";

/** The fractal dimension of one node. */
export interface Nfd {
  /** The node's id in the network. */
  readonly nodeId: number;
  /** Index of the node's layer in the network. */
  readonly layer: number;
  /** The dimension; 0 unless the status is `"ok"`. */
  readonly value: number;
  /** Edges of length 0 < d ≤ threshold. */
  readonly edges: number;
  /** Whether the value was measured, or why not. */
  readonly status: NodeStatus;
}

/**
 * Compute the fractal dimension of every node: the least-squares slope of `ln(1 + #{lengths ≤ r})` on
 * `ln r` over the distinct rounded lengths r > 0 of the node's edges of length 0 < d ≤ threshold (Xiao et al.,
 * ICLR 2025, arXiv 2402.09099, and its published code). The lower bound is 0 here and 1 in the spectrum.
 *
 * @returns One entry for each node, in the network's order.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { measureNfd } from "neuromfa/multifractal";
 *
 * const [node] = measureNfd({
 *   nodeIds: Int32Array.of(7), nodeLayers: Uint16Array.of(0),
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   offsets: Uint32Array.of(0, 7),
 *   lengths: Float64Array.of(1, 4, 4, 4, 4, 4, 4), // 2 edges within length 1, 8 within length 4
 * }, { minimumEdges: 2 });
 * equal(node!.value.toFixed(12), "1.000000000000");
 * ```
 */
export function measureNfd(network: NeuronInteractionNetwork, options: NfdOptions = {}): Nfd[] {
  const { nfdThreshold, minimumEdges, digits } = readOptions("measureNfd", NFD_OPTIONS, options);
  const { nodeIds, nodeLayers, layers, offsets, lengths } = network;
  const fit = fitOfLengths(lengths, nfdThreshold, digits);
  return Array.from(nodeIds, (nodeId, i) => {
    const layer = nodeLayers[i]!, start = offsets[i]!, end = offsets[i + 1]!;
    const { edges, slope } = fit(start, end);
    const found = dimensionOf(layers[layer]!.learned, end - start, edges, minimumEdges, slope);
    return { nodeId, layer, edges, ...found };
  });
}

/** The dimension of a node with so many edges, of which some count, and its status. */
function dimensionOf(
  learned: boolean,
  all: number,
  edges: number,
  minimumEdges: number,
  slope: () => number | null,
): Pick<Nfd, "value" | "status"> {
  if (!learned || all <= minimumEdges) return { value: 0, status: "never" };
  if (edges <= minimumEdges) return { value: 0, status: "too few edges" };
  const value = slope();
  return value === null ? { value: 0, status: "fewer than two radii" } : { value, status: "ok" };
}

/** Most rounded lengths that are counted in a table; sorting is faster where there are more. */
const MOST_COUNTED = 2 ** 12;

/**
 * Prepare to fit the lengths of nodes, from `start` to `end`: how many are within the threshold, and the
 * slope for those, `null` if fewer than two differ when rounded, until the next node is fitted.
 */
function fitOfLengths(
  lengths: Float64Array,
  threshold: number,
  digits: number,
): (start: number, end: number) => { edges: number; slope: () => number | null } {
  const scale = 10 ** digits, largest = roundHalfEven(threshold * scale), outside = largest + 1;
  if (largest > MOST_COUNTED) {
    return (start, end) => {
      const within = lengths.slice(start, end)
        .filter((length) => length > 0 && length <= threshold);
      return { edges: within.length, slope: () => ofSorted(within, digits) };
    };
  }
  const counts = new Uint32Array(outside + 1), dimension = dimensionOfCounts({ largest, scale });
  return (start, end) => {
    counts.fill(0);
    for (let k = start; k < end; k++) {
      const length = lengths[k]!;
      // Arithmetic in place of a branch, as in growBoxes().
      const inside = -(+(length > 0) & +(length <= threshold));
      counts[(length * scale + INTEGERS_ONLY - INTEGERS_ONLY) & inside | outside & ~inside]!++;
    }
    const edges = end - start - counts[outside]!;
    return { edges, slope: () => dimension(counts, 0, edges) };
  };
}

function ofSorted(lengths: Float64Array, digits: number): number | null {
  const sorted = lengths.map((length) => roundHalfEven(length, digits)).sort();
  const logRadii: number[] = [], logMasses: number[] = [];
  for (let k = 0; k < sorted.length; k++) {
    const length = sorted[k]!;
    // The count at a radius is complete at the last of equal lengths; a length of 0 is counted but is no radius.
    if (length === 0 || length === sorted[k + 1]) continue;
    logRadii.push(Math.log(length));
    logMasses.push(Math.log(k + 2));
  }
  return logRadii.length < 2 ? null : slopeOf(logRadii, logMasses);
}

/**
 * Prepare to fit many histograms. The function fits the cumulative count of the histogram that
 * begins at `start` and holds `edges`, or gives `null` if fewer than two lengths above 0 occur.
 */
export function dimensionOfCounts(
  { largest, scale }: Pick<LengthBins, "largest" | "scale">,
): (counts: Uint32Array, start: number, edges: number) => number | null {
  const logLengths = Float64Array.from({ length: largest + 1 }, (_, bin) => Math.log(bin / scale));
  const x = new Float64Array(largest + 1), y = new Float64Array(largest + 1);
  let logCounts = new Float64Array();
  return (counts, start, edges) => {
    if (logCounts.length < edges + 2) {
      logCounts = new Float64Array(2 * edges + 2).map((_, i) => Math.log(i));
    }
    let points = 0, count = 1 + counts[start]!;
    for (let bin = 1; bin <= largest; bin++) {
      const here = counts[start + bin]!;
      count += here;
      // Which lengths occur cannot be foreseen by a processor: a point is always put down, and kept where one does.
      x[points] = logLengths[bin]!;
      y[points] = logCounts[count]!;
      points += +(here !== 0);
    }
    return points < 2 ? null : slopeOf(x, y, points);
  };
}

/** The statuses of nodes, by the number that stands for them in {@linkcode PartDimensions}. */
export const nodeStatuses: readonly NodeStatus[] = [
  "ok",
  "too few edges",
  "fewer than two radii",
  "never",
];

/** The fractal dimensions of those neurons of a layer that have an edge, ascending; all arrays have one entry for each. */
export interface PartDimensions {
  /** Their ids in the whole model. */
  readonly nodeIds: Int32Array;
  /** Their dimensions; 0 where they have none. */
  readonly values: Float64Array;
  /** Edges of length 0 < d ≤ threshold. */
  readonly edges: Uint32Array;
  /** 0 for a measured one; 1, 2, 3 for too few edges, fewer than two radii, never. */
  readonly statuses: Uint8Array;
}

/**
 * The fractal dimension of each neuron of a layer that has an edge, from histograms of their
 * weights, row-major [neurons × bins], to which edges of fixed patterns are added.
 */
export function partDimensions(
  { layer, firstNode, patterns }: Pick<FullNetworkPart, "layer" | "firstNode" | "patterns">,
  counts: Uint32Array,
  lengths: LengthBins,
  minimumEdges: number,
): PartDimensions {
  const { bins } = lengths;
  const nodeIds = Int32Array.from({ length: layer.size }, (_, neuron) => firstNode + neuron);
  for (const { paired, targets } of patterns) {
    for (let neuron = 0; neuron < layer.size; neuron++) {
      counts[neuron * bins + patternBin(lengths)]! += neuron < paired ? 1 : targets;
    }
  }
  return histogramDimensions({ layer, nodeIds }, counts, lengths, minimumEdges);
}

/** The same of the neurons that a counted sample draws, layer by layer. */
export function countedDimensions(
  { layers, lengths: ways }: CountedSample,
  way: number,
  minimumEdges: number,
): PartDimensions[] {
  const lengths = ways[way]!, { bins } = lengths;
  return layers.map(({ layer, nodeIds, counts: histograms, patternEdges }) => {
    const counts = histograms[way]?.slice() ?? new Uint32Array(nodeIds.length * bins);
    patternEdges.forEach((edges, i) => counts[i * bins + patternBin(lengths)]! += edges);
    return histogramDimensions({ layer, nodeIds }, counts, lengths, minimumEdges);
  });
}

/** Edges of fixed patterns have the length 1. */
function patternBin({ threshold, scale, outside }: LengthBins): number {
  return threshold >= 1 ? scale : outside;
}

function histogramDimensions(
  { layer, nodeIds }: Pick<DrawnNeurons, "layer" | "nodeIds">,
  counts: Uint32Array,
  lengths: LengthBins,
  minimumEdges: number,
): PartDimensions {
  const { bins, largest, outside } = lengths;
  const found: Omit<Nfd, "layer">[] = [];
  const dimension = dimensionOfCounts(lengths);
  for (const [i, nodeId] of nodeIds.entries()) {
    const start = i * bins;
    let edges = 0;
    for (let bin = 0; bin <= largest; bin++) edges += counts[start + bin]!;
    const all = edges + counts[start + outside]!, slope = () => dimension(counts, start, edges);
    if (all === 0) continue;
    const own = dimensionOf(layer.learned, all, edges, minimumEdges, slope);
    found.push({ nodeId, edges, ...own });
  }
  return {
    nodeIds: Int32Array.from(found, ({ nodeId }) => nodeId),
    values: Float64Array.from(found, ({ value }) => value),
    edges: Uint32Array.from(found, ({ edges }) => edges),
    statuses: Uint8Array.from(found, ({ status }) => nodeStatuses.indexOf(status)),
  };
}

/** The fractal dimensions of a layer's neurons as a list. */
export function listDimensions(
  { nodeIds, values, edges, statuses }: PartDimensions,
  layer: number,
): Nfd[] {
  return Array.from(nodeIds, (nodeId, i) => {
    const status = nodeStatuses[statuses[i]!]!;
    return { nodeId, layer, value: values[i]!, edges: edges[i]!, status };
  });
}
