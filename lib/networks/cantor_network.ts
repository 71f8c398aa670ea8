/** Networks of the points of a Cantor set, whose multifractal spectrum is known before it is measured. */

import { choice, type DefaultedOption, given, integer } from "../options/option.ts";
import { readOptions } from "../options/read_options.ts";
import { checkEdges, networkOfLengths } from "./known_network.ts";
import type { NeuronInteractionNetwork } from "./network.ts";

/** What a Cantor set is made of. */
export interface CantorNetworkOptions {
  /**
   * The mass that each part of an interval gets when it is divided, an integer from 0 each, at least two parts above 0:
   * `[1, 0, 1]` leaves out the middle third, `[1, 0, 2]` gives the last third twice the mass of the first as well.
   */
  readonly generator: readonly number[];
  /** How often intervals are divided; default 6. */
  readonly depth?: number;
  /**
   * How long the edge between two points is: twice their distance on the `line` in units of the smallest interval (the
   * default), or twice the size of the smallest interval of the division, a `tree`, that holds them both.
   */
  readonly lengths?: "line" | "tree";
}

const CANTOR_OPTIONS = {
  generator: given<readonly number[]>(
    "a list of integers from 0, at least two of them above 0",
    (value) =>
      Array.isArray(value) && value.every((mass) => Number.isSafeInteger(mass) && mass >= 0) &&
      value.filter((mass) => mass > 0).length > 1,
    { help: "the mass of each part", default: [1, 0, 1] },
  ) as DefaultedOption<readonly number[]>,
  depth: integer({
    ...{ min: 1, max: 16, default: 6, help: "how often intervals are divided" },
  }) as DefaultedOption<number>,
  lengths: choice(["line", "tree"], {
    ...{ help: "what distances are measured along", default: "line" },
  }) as DefaultedOption<"line" | "tree">,
};

/** An interval of the last division: where it begins, in units of its size, and its mass. */
type Interval = Readonly<Record<"start" | "mass", number>>;

/**
 * Make a network of a Cantor set: a node for each of its smallest intervals, and an edge from it to every unit of mass
 * elsewhere. A box of radius r around a node holds the mass of the set within r, which grows as a power of r that the
 * generator decides; {@linkcode cantorMassExponent} tells the tau(q). Earlier illustrations of the method (Xiao et al.,
 * ICLR 2025, arXiv 2402.09099) used the generators 1, 0, 1 and 1, 0, 2.
 *
 * All lengths are even, so that the shortest, 2, still counts as longer than 1. Boxes must reach twice the size of the set,
 * `2 · parts ** depth`.
 *
 * @throws {RangeError} If an option is out of range, or the network would not fit in memory.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analyticAlpha0 } from "neuromfa/multifractal";
 * import { cantorNetwork, growBoxes } from "neuromfa/networks";
 *
 * const network = cantorNetwork({ generator: [1, 0, 1], lengths: "tree" });
 * const alpha0 = analyticAlpha0(growBoxes(network, { threshold: 2 * 3 ** 6 }));
 * assert.ok(Math.abs(alpha0 - Math.log(2) / Math.log(3)) < 1e-12);
 * ```
 */
export function cantorNetwork(options: CantorNetworkOptions): NeuronInteractionNetwork {
  const { generator, depth, lengths } = readOptions("cantorNetwork", CANTOR_OPTIONS, options);
  const parts = generator.length, mass = generator.reduce((sum, one) => sum + one, 0);
  const nodes = generator.filter((one) => one > 0).length ** depth;
  const what = `a Cantor set of ${nodes} intervals and mass ${mass ** depth}`;
  checkEdges(what, nodes * (mass ** depth - 1), "divide less often: lower depth");
  let intervals: Interval[] = [{ start: 0, mass: 1 }];
  for (let k = 0; k < depth; k++) {
    intervals = intervals.flatMap(({ start, mass }) =>
      generator.flatMap((share, part) =>
        share === 0 ? [] : [{ start: start * parts + part, mass: mass * share }]
      )
    );
  }
  const apart = lengths === "line"
    ? (a: number, b: number) => Math.abs(a - b)
    : (a: number, b: number) => commonSize(a, b, parts);
  return networkOfLengths(
    `Cantor set of ${generator.join(", ")}`,
    intervals.map((from) => {
      const row = new Float64Array(mass ** depth - 1);
      let end = 0;
      for (const to of intervals) {
        // The point in the middle of a box is no edge, but what else lies in its interval is.
        const [edges, length] = from === to
          ? [to.mass - 1, 1]
          : [to.mass, apart(from.start, to.start)];
        row.fill(2 * length, end, end += edges);
      }
      return row;
    }),
  );
}

/** The size of the smallest interval of a division that holds two of the last one's. */
function commonSize(a: number, b: number, parts: number): number {
  let size = 1;
  while (a !== b) [a, b, size] = [Math.floor(a / parts), Math.floor(b / parts), size * parts];
  return size;
}
