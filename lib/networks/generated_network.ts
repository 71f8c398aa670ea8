/** Networks made to order, whose multifractal spectrum is known before it is measured. */

import { MT19937 } from "../numpy/mt19937.ts";
import { MOST_EDGES } from "./known_network.ts";
import type { NeuronInteractionNetwork } from "./network.ts";
import { type DefaultedOption, given, integer } from "../options/option.ts";
import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { readOptions } from "../options/read_options.ts";

/** A longer edge than any that is counted. */
const MOST_RADII = 2 ** 24;

/** Neurons that scale alike. */
export interface NeuronKind {
  /** How the mass of such a neuron grows with the radius: M(r) ∝ r^dimension; above 0. */
  readonly dimension: number;
  /** How many neurons are of this kind. */
  readonly neurons: number;
}

/** What is generated, with random lengths. */
export interface GeneratedNetworkOptions extends SomeOptions<"seed"> {
  /** The kinds of neuron, at least one. */
  readonly kinds: readonly NeuronKind[];
  /** Out-edges of every neuron; default 2,000. The more, the closer is the measured spectrum to the known one. */
  readonly edges?: number;
  /** Smallest edge length, an integer from 2; default 10. */
  readonly smallest?: number;
  /** Largest edge length, an integer above {@linkcode smallest}; default 100. */
  readonly largest?: number;
}

const whole = (min: number, standard: number, help: string) =>
  integer({ min, max: 2 ** 24, default: standard, help }) as DefaultedOption<number>;

const GENERATED_OPTIONS = {
  kinds: given<readonly NeuronKind[]>("a list of kinds of neuron", Array.isArray, {
    ...{ help: "the kinds of neuron", default: [] },
  }) as DefaultedOption<readonly NeuronKind[]>,
  edges: whole(1, 2000, "out-edges of every neuron"),
  smallest: whole(2, 10, "smallest edge length"),
  largest: whole(3, 100, "largest edge length"),
  seed: OPTIONS.seed,
};

/**
 * Generate a network of neurons whose masses grow as power laws. The length of each edge is drawn at random from the
 * integers between the smallest and the largest, so that the share of a neuron's edges within radius r is expected to be
 * `(r / largest)^dimension` at every integer radius from the smallest on: as if the weights `1 / length` came from a
 * Pareto distribution with the dimension as its exponent. {@linkcode generatedMassExponent} tells its tau(q), so that
 * heterogeneity and regularity (Xiao et al., ICLR 2025, arXiv 2402.09099) can be seen where they are known.
 *
 * @returns The network; each kind of neuron is a layer of its own.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analyticAlpha0 } from "neuromfa/multifractal";
 * import { generatedNetwork, growBoxes } from "neuromfa/networks";
 *
 * const kinds = [{ dimension: 0.8, neurons: 20 }, { dimension: 1.2, neurons: 20 }];
 * const alpha0 = analyticAlpha0(growBoxes(generatedNetwork({ kinds })));
 * assert.ok(Math.abs(alpha0 - 1) < 0.01); // the mean of the dimensions
 * ```
 */
export function generatedNetwork(options: GeneratedNetworkOptions): NeuronInteractionNetwork {
  const read = readOptions("generatedNetwork", GENERATED_OPTIONS, options);
  const { kinds, edges, smallest, largest, seed } = read;
  checkKinds(kinds);
  checkRadii(smallest, largest);
  const nodes = kinds.reduce((sum, { neurons }) => sum + neurons, 0);
  const generator = new MT19937(seed);
  if (!(nodes * edges <= MOST_EDGES)) {
    throw new RangeError(
      `${nodes} neurons with ${edges} edges each are more than ${MOST_EDGES} edges; lower one of the two`,
    );
  }
  const lengths = new Float64Array(nodes * edges);
  const nodeLayers = new Uint16Array(nodes);
  let node = 0;
  for (const [kind, { dimension, neurons }] of kinds.entries()) {
    nodeLayers.fill(kind, node, node + neurons);
    for (let k = node * edges; k < (node + neurons) * edges; k++) {
      const share = (generator.next() + 0.5) / 2 ** 32;
      lengths[k] = Math.max(smallest, Math.ceil(largest * share ** (1 / dimension)));
    }
    node += neurons;
  }
  return {
    nodeIds: Int32Array.from({ length: nodes }, (_, i) => i),
    nodeLayers,
    layers: kinds.map(({ dimension, neurons }, i) => ({
      ...{ name: `kind ${i + 1}, D = ${dimension}`, role: `D = ${dimension}` },
      ...{ block: 0, size: neurons, learned: true },
    })),
    offsets: Uint32Array.from({ length: nodes + 1 }, (_, i) => i * edges),
    lengths,
  };
}

/** Check kinds of neuron. */
export function checkKinds(kinds: readonly NeuronKind[]): void {
  if (kinds.length === 0) throw new RangeError("there is no kind of neuron; give at least one");
  for (const { dimension, neurons } of kinds) {
    if (!(dimension > 0 && dimension < Infinity)) {
      throw new RangeError(`a dimension must be a finite number above 0, but it is ${dimension}`);
    }
    checkInteger("neurons", neurons, 1);
  }
}

/** Check the ends of the radii. */
export function checkRadii(smallest: number, largest: number): void {
  checkInteger("smallest", smallest, 2);
  checkInteger("largest", largest, smallest + 1, MOST_RADII);
}

function checkInteger(name: string, value: number, least: number, most = Infinity): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const upTo = most === Infinity ? "" : ` to ${most}`;
  throw new RangeError(`${name} must be an integer from ${least}${upTo}, but it is ${value}`);
}
