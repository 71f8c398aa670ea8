/** How weighted degrees are distributed over training. */

// @ts-types="@types/d3-array"
import { deviation, mean, quantileSorted } from "d3-array";
import type { NetworkSample } from "../networks/sample_networks.ts";
import { weightedDegrees } from "../networks/weighted_degrees.ts";

/** The weighted degrees of neurons of one kind at one step, under the names of the columns. */
export interface DegreeDistributionRow {
  /** Training step. */
  readonly step: number;
  /** What the neurons are, such as `attention output`; `all` for all together. */
  readonly role: string;
  /** How many neurons there are in all samples together. */
  readonly neurons: number;
  /** Mean of their degrees. */
  readonly mean: number;
  /** Standard deviation of their degrees, with n − 1; 0 for a single neuron. */
  readonly deviation: number;
  /** Standard deviation by mean; 0 where all degrees are 0. */
  readonly variation: number;
  /** A twentieth of the neurons is below it. */
  readonly low: number;
  /** The first quartile. */
  readonly lowerQuartile: number;
  /** The median. */
  readonly median: number;
  /** The third quartile. */
  readonly upperQuartile: number;
  /** A twentieth of the neurons is above it. */
  readonly high: number;
  /** The largest degree. */
  readonly largest: number;
}

/**
 * Tell how the weighted degrees of sampled neurons are distributed at each step, for each kind of neuron and for all together.
 * The average degree is a simple rival of E (Xiao et al., ICLR 2025, arXiv 2402.09099); its distribution says whether some
 * neurons become hubs. Take networks with all edges of the sampled neurons: a degree among sampled neurons only is a part.
 *
 * @param networks Networks of any steps and samples, as {@linkcode sampleNetworks} gives them.
 * @returns Steps in their order, and in each the kinds in the order of layers, `all` first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sampleNetworks } from "neuromfa";
 * import { degreeDistribution } from "neuromfa/statistics";
 *
 * const run = await openRun("suite:nano-64");
 * const rows = await degreeDistribution(sampleNetworks(run, { samples: 1, steps: [0, 4096] }));
 * const [untrained, trained] = rows.filter(({ role }) => role === "all");
 * assert.ok(trained!.variation > untrained!.variation);
 * ```
 */
export async function degreeDistribution(
  networks: AsyncIterable<NetworkSample> | Iterable<NetworkSample>,
): Promise<DegreeDistributionRow[]> {
  const steps = new Map<number, Map<string, number[]>>();
  for await (const { step, network } of networks) {
    if (!steps.has(step)) steps.set(step, new Map([["all", []]]));
    const roles = steps.get(step)!;
    for (const [node, degree] of weightedDegrees(network).entries()) {
      if (Number.isNaN(degree)) continue;
      const { role } = network.layers[network.nodeLayers[node]!]!;
      if (!roles.has(role)) roles.set(role, []);
      roles.get(role)!.push(degree);
      roles.get("all")!.push(degree);
    }
  }
  return [...steps].flatMap(([step, roles]) =>
    [...roles].filter(([, degrees]) => degrees.length > 0)
      .map(([role, degrees]) => distributionOf(step, role, degrees))
  );
}

function distributionOf(step: number, role: string, degrees: number[]): DegreeDistributionRow {
  const sorted = degrees.toSorted((a, b) => a - b);
  const average = mean(sorted)!, spread = deviation(sorted) ?? 0;
  const at = (share: number) => quantileSorted(sorted, share)!;
  return Object.freeze({
    ...{ step, role, neurons: sorted.length, mean: average, deviation: spread },
    variation: average === 0 ? 0 : spread / average,
    ...{ low: at(0.05), lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75) },
    ...{ high: at(0.95), largest: sorted.at(-1)! },
  });
}
