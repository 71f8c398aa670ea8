/** The masses of a whole model: every neuron, every weight, none of them sampled. */

import type { Architecture } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { BOX_OPTIONS, countsLength, readBoxOptions } from "../box_options.ts";
import { MatrixCounter } from "./count_matrix.ts";
import { fullNetworkParts, layerCounts, selectNodes } from "./full_network_parts.ts";
import type { BoxGrowingOptions } from "../grow_boxes.ts";
import type { LayerSelection, MassTable } from "../mass_table.ts";
import { columnsFor } from "./histogram_columns.ts";
import { lengthBins } from "./length_bins.ts";
import { callback } from "../../options/option.ts";
import { OPTIONS, type SomeOptions } from "../../options/options.ts";

/** How the full network is measured. */
export interface FullNetworkOptions extends BoxGrowingOptions, SomeOptions<"layers"> {
  /** Called with the number of weights counted so far, now and then. */
  readonly onWeights?: (weights: number) => void;
}

const FULL_NETWORK_OPTIONS = {
  ...BOX_OPTIONS,
  layers: OPTIONS.layers,
  onWeights: callback<(weights: number) => void>("called with the number of weights counted"),
};

/** The masses of a full network and whom they speak for. */
export interface FullNetwork {
  /** What {@linkcode growBoxes} gives of a network that has every edge. */
  readonly masses: MassTable;
  /** Nodes kept and dropped in each layer. */
  readonly layers: LayerSelection[];
}

/**
 * Grow boxes around every neuron of a model, along every weight (Xiao et al., ICLR 2025, arXiv 2402.09099, without its
 * sampling). Edges are counted as they are read and never held, so memory is a part of one matrix and the mass table; the
 * table is the one that {@linkcode growBoxes} gives, whatever format the weights are stored in. Fixed patterns are edges of
 * length 1: they count among nodes and edges, and give no mass.
 *
 * @throws {RangeError} If an option is out of range, no layer has a name or role asked for, a weight is not finite, or the
 * table would not fit in memory.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If the checkpoint cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { detectArchitecture } from "neuromfa/checkpoints";
 * import { fullNetworkMasses } from "neuromfa/networks";
 *
 * const checkpoint = await (await openRun("suite:nano-64")).checkpoint(0);
 * const { masses, layers } = await fullNetworkMasses(checkpoint, detectArchitecture(checkpoint));
 * assert.equal(masses.nodes, 4 * 10 * 64); // 4 blocks: input, query, key, value, output, and twice the MLP's
 * assert.equal(layers[0]!.kept, 64);
 * ```
 */
export async function fullNetworkMasses(
  checkpoint: Checkpoint,
  architecture: Architecture,
  options: FullNetworkOptions = {},
): Promise<FullNetwork> {
  const read = readBoxOptions("fullNetworkMasses", FULL_NETWORK_OPTIONS, options);
  const { threshold, minimumEdges, digits, layers, onWeights } = read;
  const lengths = lengthBins(1, threshold, digits);
  const parts = fullNetworkParts(architecture, layers);
  const { places, neurons } = layerCounts(parts);
  const matrices = parts.flatMap((part) => part.matrices);
  const [columns] = columnsFor(checkpoint, matrices, [lengths]);
  const counts = new Uint32Array(countsLength(neurons, columns!.bins.length, digits));
  const counter = new MatrixCounter(checkpoint, [lengths], [columns!]);
  let weights = 0;
  for (const [i, part] of parts.entries()) {
    const first = places[i]!.first ?? 0;
    await counter.addAll(part, [counts], first, (more) => onWeights?.(weights += more));
  }
  return selectNodes(places, counts, lengths, columns!, minimumEdges);
}
