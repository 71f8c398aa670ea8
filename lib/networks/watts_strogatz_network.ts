/** Networks of a graph between order and chance. */

import { MT19937, randomInterval } from "../numpy/mt19937.ts";
import { type DefaultedOption, integer, number } from "../options/option.ts";
import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { readOptions } from "../options/read_options.ts";
import { checkEdges, networkOfLengths } from "./known_network.ts";
import type { NeuronInteractionNetwork } from "./network.ts";

/** What a Watts–Strogatz graph is made of, with random links. */
export interface WattsStrogatzOptions extends SomeOptions<"seed"> {
  /** How many nodes stand on the ring; default 1,000. */
  readonly nodes?: number;
  /** How many of its nearest each node is joined to, an even number below the nodes; default 4. */
  readonly neighbours?: number;
  /** Probability of each link to be led elsewhere: 0 leaves the ring, 1 a random graph. */
  readonly rewiring: number;
}

const WATTS_STROGATZ_OPTIONS = {
  nodes: integer({
    ...{ min: 4, max: 2 ** 13, default: 1000, help: "nodes on the ring" },
  }) as DefaultedOption<number>,
  neighbours: integer({
    ...{ min: 2, max: 2 ** 12, default: 4, help: "nearest nodes that each is joined to" },
  }) as DefaultedOption<number>,
  rewiring: number({
    ...{ min: 0, max: 1, default: 0, help: "probability of each link to be led elsewhere" },
  }) as DefaultedOption<number>,
  seed: OPTIONS.seed,
};

/**
 * Make a network of a small-world graph (Watts and Strogatz, Nature 1998): nodes on a ring, each joined to its nearest, and
 * every link then led from one of its ends to a random node with some probability. An edge goes from each node to every
 * other that it can reach, twice as long as the shortest way has links, so that the first link counts as longer than 1;
 * boxes must reach `2 · nodes`. Earlier illustrations of the method (Xiao et al., ICLR 2025, arXiv 2402.09099) have such
 * graphs with the probabilities 0, 0.01 and 1.
 *
 * On the ring masses grow as the radius, alpha_0 is near 1 and the width 0. Short cuts bring more nodes close by: both grow.
 *
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analyticAlpha0 } from "neuromfa/multifractal";
 * import { growBoxes, wattsStrogatzNetwork } from "neuromfa/networks";
 *
 * const alpha0 = [0, 1].map((rewiring) =>
 *   analyticAlpha0(growBoxes(wattsStrogatzNetwork({ nodes: 200, rewiring }), { threshold: 400 }))
 * );
 * assert.deepEqual(alpha0.map((value) => value.toFixed(1)), ["1.0", "2.1"]);
 * ```
 */
export function wattsStrogatzNetwork(options: WattsStrogatzOptions): NeuronInteractionNetwork {
  const read = readOptions("wattsStrogatzNetwork", WATTS_STROGATZ_OPTIONS, options);
  const { nodes, neighbours, rewiring, seed } = read;
  if (neighbours % 2 === 1 || neighbours >= nodes) {
    throw new RangeError(
      `neighbours must be an even number below the ${nodes} nodes, but it is ${neighbours}`,
    );
  }
  checkEdges(`a graph of ${nodes} nodes`, nodes * (nodes - 1), "take fewer nodes");
  const links = wattsStrogatzLinks(nodes, neighbours, rewiring, new MT19937(seed));
  return networkOfLengths(
    `Watts–Strogatz graph, p = ${rewiring}`,
    links.map((_, from) => Float64Array.from(hopsFrom(from, links), (hops) => 2 * hops)),
  );
}

/** The nodes that each node is joined to. */
function wattsStrogatzLinks(
  nodes: number,
  neighbours: number,
  rewiring: number,
  generator: MT19937,
): Set<number>[] {
  const links = Array.from({ length: nodes }, () => new Set<number>());
  const pairs: [from: number, to: number][] = [];
  for (let apart = 1; apart <= neighbours / 2; apart++) {
    for (let from = 0; from < nodes; from++) pairs.push([from, (from + apart) % nodes]);
  }
  for (const [from, to] of pairs) {
    links[from]!.add(to);
    links[to]!.add(from);
  }
  for (const [from, to] of pairs) {
    const own = links[from]!;
    if ((generator.next() + 0.5) / 2 ** 32 >= rewiring || own.size === nodes - 1) continue;
    let elsewhere = from;
    while (elsewhere === from || own.has(elsewhere)) {
      elsewhere = randomInterval(generator, nodes - 1);
    }
    own.delete(to);
    links[to]!.delete(from);
    own.add(elsewhere);
    links[elsewhere]!.add(from);
  }
  return links;
}

/** How many links the shortest way has from a node to each other one that it can reach, nearest first. */
function hopsFrom(from: number, links: readonly Set<number>[]): number[] {
  const seen = new Uint8Array(links.length), hops: number[] = [];
  seen[from] = 1;
  let reached = [from];
  for (let away = 1; reached.length > 0; away++) {
    const next: number[] = [];
    for (const node of reached) {
      for (const other of links[node]!) {
        if (seen[other] === 1) continue;
        seen[other] = 1;
        next.push(other);
        hops.push(away);
      }
    }
    reached = next;
  }
  return hops;
}
