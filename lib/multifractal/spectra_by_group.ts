/** The spectra of a network's blocks, or of its kinds of layers, each by itself. */

// @ts-types="@types/d3-array"
import { mean } from "d3-array";
import type { NeuronLayer } from "../architectures/architecture.ts";
import { readBoxOptions } from "../networks/box_options.ts";
import { checkDistance, growNetworkBoxes } from "../networks/grow_network_boxes.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";
import {
  type MultifractalSpectraOptions,
  SPECTRA_OPTIONS,
  SpectraCollector,
  type StepSpectra,
} from "./multifractal_spectra.ts";
import { choice, type DefaultedOption, type Option } from "../options/option.ts";
import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { checkOption } from "../options/read_options.ts";
import { measureNfd } from "../nfd/nfd.ts";

/** What makes a group: the block that a layer is in, or what its neurons are, and so which matrix their edges are. */
export type GroupBy = "block" | "role";

/** How groups are measured. */
export interface SpectraByGroupOptions
  extends MultifractalSpectraOptions, SomeOptions<"nfdThreshold"> {
  /** What makes a group. */
  readonly by: GroupBy;
  /**
   * The points of every fit where `radii` is `"occurring"`: `"network"` (default) takes the radii of the whole network, so
   * that groups are measured alike and the network's alpha_0 is the mean of theirs, each node counting once; `"group"` takes
   * those that occur in the group, as if it were a network of its own.
   */
  readonly groupRadii?: "network" | "group";
}

const GROUP_OPTIONS = {
  ...SPECTRA_OPTIONS,
  by: choice(["block", "role"], { help: "what makes a group" }) as Option<GroupBy>,
  groupRadii: choice(["network", "group"], {
    default: "network",
    help: "the points of every fit where radii are those that occur",
  }) as DefaultedOption<"network" | "group">,
  nfdThreshold: OPTIONS.nfdThreshold,
};

/** The mean node fractal dimension of one group in one sample. */
export interface GroupDimension {
  /** The training step. */
  readonly step: number;
  /** The number of the sample. */
  readonly sample: number;
  /** Mean over the group's nodes that could have a dimension, or `null` if there is none. */
  readonly mean: number | null;
}

/** Everything measured of one group. */
export interface GroupSpectra {
  /** `block 0`, or a role such as `attention output`. */
  readonly group: string;
  /** Whether any edge that leaves it is a weight of the model; without one there is nothing to measure. */
  readonly learned: boolean;
  /** Its spectra; nodes and edges in them are the group's own. */
  readonly spectra: readonly StepSpectra[];
  /** Its node fractal dimensions, an entry for each step and sample. */
  readonly dimensions: readonly GroupDimension[];
}

/**
 * Measure every block, or every kind of layer, by itself: boxes grow as in the whole network, and the sum over nodes is
 * restricted to those of the group (Xiao et al., ICLR 2025, arXiv 2402.09099, for the whole network). A node's edges are
 * the weights that lead out of it, so the role of a layer stands for the matrix behind it.
 *
 * @param networks Sampled networks, those of a step one after another, as {@linkcode sampleNetworks} gives them.
 * @returns One entry for each group, in the order of the network's layers.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sampleNetworks } from "neuromfa";
 * import { multifractalSpectraByGroup } from "neuromfa/multifractal";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 1, steps: [0] });
 * const groups = await multifractalSpectraByGroup(networks, { by: "block" });
 * assert.deepEqual(groups.map(({ group }) => group), ["block 0", "block 1", "block 2", "block 3"]);
 * ```
 */
export async function multifractalSpectraByGroup(
  networks: AsyncIterable<NetworkSample> | Iterable<NetworkSample>,
  options: SpectraByGroupOptions,
): Promise<GroupSpectra[]> {
  const read = readBoxOptions("multifractalSpectraByGroup", GROUP_OPTIONS, options);
  const { groupRadii, nfdThreshold, minimumEdges, digits, nodes, onNetwork } = read;
  const by = checkOption("by", GROUP_OPTIONS.by, read.by);
  checkDistance(read);
  const radii = groupRadii === "network" ? "all" : "occurring";
  const groups = new Map<string, GatheredGroup>();
  let measured = 0;
  for await (const sample of networks) {
    const { network } = sample;
    const names = network.layers.map((layer) => groupOf(layer, by));
    for (const [i, layer] of network.layers.entries()) {
      const group = names[i]!, has = (layer: NeuronLayer) => groupOf(layer, by) === group;
      if (!groups.has(group)) {
        const collector = new SpectraCollector({ spectrum: read, nodes, part: { has, radii } });
        groups.set(group, { collector, dimensions: [], learned: false });
      }
      groups.get(group)!.learned ||= layer.learned;
    }
    const masses = growNetworkBoxes(sample, read);
    const dimensions = Map.groupBy(
      measureNfd(network, { nfdThreshold, minimumEdges, digits })
        .filter(({ status }) => status !== "never"),
      ({ layer }) => names[layer]!,
    );
    for (const [group, { collector, dimensions: gathered }] of groups) {
      collector.add(sample, masses);
      const value = mean(dimensions.get(group) ?? [], ({ value }) => value) ?? null;
      gathered.push({ step: sample.step, sample: sample.sample, mean: value });
    }
    onNetwork?.(++measured);
  }
  return [...groups].map(([group, { collector, dimensions, learned }]) => (
    { group, learned, spectra: collector.spectra(), dimensions }
  ));
}

/** A group while networks come. */
interface GatheredGroup {
  readonly collector: SpectraCollector;
  readonly dimensions: GroupDimension[];
  learned: boolean;
}

function groupOf({ block, role }: NeuronLayer, by: GroupBy): string {
  return by === "block" ? `block ${block}` : role;
}
