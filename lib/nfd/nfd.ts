/** The fractal dimension of single neurons. */

import type { NeuronInteractionNetwork } from "../networks/network.ts";
import { OPTIONS } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import { INTEGERS_ONLY, roundHalfEven } from "../numpy/round_half_even.ts";
import { slopeOf } from "../statistics/linear_regression.ts";
import type { LengthBins } from "../networks/full/length_bins.ts";
import type { FullNetworkPart } from "../networks/full/full_network_parts.ts";

/** How node fractal dimensions are taken. */
export interface NfdOptions {
  /** Longest edge that counts, before rounding; 200 as published. */
  readonly nfdThreshold?: number;
  /** A node needs more than this many edges within the threshold; 10 as published. */
  readonly minimumEdges?: number;
  /** Decimals that lengths are rounded to, 0 to 9; 0 as published. */
  readonly digits?: number;
}

/** The options of node fractal dimensions, as declared. */
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
 *   nodeIds: Int32Array.of(7),
 *   nodeLayers: Uint16Array.of(0),
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   offsets: Uint32Array.of(0, 7),
 *   lengths: Float64Array.of(1, 4, 4, 4, 4, 4, 4), // 2 edges within length 1, 8 within length 4
 * }, { minimumEdges: 2 });
 * equal(node!.value.toFixed(12), "1.000000000000");
 * ```
 */
export function measureNfd(
  network: NeuronInteractionNetwork,
  options: NfdOptions = {},
): Nfd[] {
  const { nfdThreshold: threshold, minimumEdges, digits } = readOptions(
    "measureNfd",
    NFD_OPTIONS,
    options,
  );
  const { nodeIds, nodeLayers, layers, offsets, lengths } = network;
  const fit = fitOfLengths(lengths, threshold, digits);
  return Array.from(nodeIds, (nodeId, i): Nfd => {
    const layer = nodeLayers[i]!, start = offsets[i]!, end = offsets[i + 1]!;
    const edges = fit.count(start, end);
    const node = (status: NodeStatus, value = 0) => ({ nodeId, layer, value, edges, status });
    if (!layers[layer]!.learned || end - start <= minimumEdges) return node("never");
    if (edges <= minimumEdges) return node("too few edges");
    const slope = fit.slope();
    return slope === null ? node("fewer than two radii") : node("ok", slope);
  });
}

/** Most rounded lengths that are counted in a table; sorting is faster where there are more. */
const MOST_COUNTED = 2 ** 12;

/** Fits the lengths of one node after another. */
interface LengthsFit {
  /** Take a node's lengths, from `start` to `end`; how many are within the threshold. */
  count(start: number, end: number): number;
  /** The slope for those, or `null` if fewer than two differ when rounded. */
  slope(): number | null;
}

function fitOfLengths(lengths: Float64Array, threshold: number, digits: number): LengthsFit {
  const scale = 10 ** digits, largest = roundHalfEven(threshold * scale);
  let edges = 0;
  if (largest > MOST_COUNTED) {
    let within = lengths;
    return {
      count: (start, end) => {
        within = lengths.slice(start, end).filter((length) => length > 0 && length <= threshold);
        return within.length;
      },
      slope: () => ofSorted(within, digits),
    };
  }
  const outside = largest + 1;
  const counts = new Uint32Array(outside + 1);
  const dimension = dimensionOfCounts({ largest, scale });
  return {
    count: (start, end) => {
      counts.fill(0);
      for (let k = start; k < end; k++) {
        const length = lengths[k]!;
        // Arithmetic in place of a branch, as in growBoxes().
        const inside = -(+(length > 0) & +(length <= threshold));
        counts[(length * scale + INTEGERS_ONLY - INTEGERS_ONLY) & inside | outside & ~inside]!++;
      }
      return edges = end - start - counts[outside]!;
    },
    slope: () => dimension(counts, 0, edges),
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
    if (logCounts.length < edges + 2) logCounts = logarithms(2 * edges + 2);
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

function logarithms(size: number): Float64Array<ArrayBuffer> {
  const logs = new Float64Array(size);
  for (let i = 0; i < size; i++) logs[i] = Math.log(i);
  return logs;
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
  const { bins, largest, outside, scale, threshold } = lengths;
  const patternBin = threshold >= 1 ? scale : outside;
  const found: { id: number; value: number; edges: number; status: NodeStatus }[] = [];
  const dimension = dimensionOfCounts(lengths);
  for (let neuron = 0; neuron < layer.size; neuron++) {
    const start = neuron * bins;
    for (const { paired, targets } of patterns) {
      counts[start + patternBin]! += neuron < paired ? 1 : targets;
    }
    let edges = 0;
    for (let bin = 0; bin <= largest; bin++) edges += counts[start + bin]!;
    const all = edges + counts[start + outside]!;
    if (all === 0) continue;
    const id = firstNode + neuron;
    const value = !layer.learned || all <= minimumEdges
      ? "never"
      : edges <= minimumEdges
      ? "too few edges"
      : dimension(counts, start, edges) ?? "fewer than two radii";
    found.push(
      typeof value === "number"
        ? { id, value, edges, status: "ok" }
        : { id, value: 0, edges, status: value },
    );
  }
  return {
    nodeIds: Int32Array.from(found, ({ id }) => id),
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
  return Array.from(nodeIds, (nodeId, i) => ({
    nodeId,
    layer,
    value: values[i]!,
    edges: edges[i]!,
    status: nodeStatuses[statuses[i]!]!,
  }));
}
