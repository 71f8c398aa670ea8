/** The spectrum of the full network from its parts. */

import { pick, readOptions } from "../options/read_options.ts";
import { binsOfRadii } from "./fixed_radii.ts";
import type { MeasuredPart } from "./measure_full_network_part.ts";
import {
  type MultifractalSpectrum,
  type MultifractalSpectrumOptions,
  SMALLEST_RADII,
  SPECTRUM_OPTIONS,
  spectrumOfSums,
} from "./multifractal_spectrum.ts";
import { listDimensions, type Nfd } from "../nfd/nfd.ts";

/**
 * Take the multifractal spectrum of a full network (Xiao et al., ICLR 2025, arXiv 2402.09099, without its sampling). Parts
 * are added in the order of their numbers whatever the order in which they come, so the result is the same to the last bit
 * whoever measured them, and agrees with {@linkcode multifractalSpectrum} of {@linkcode fullNetworkMasses}.
 *
 * @param parts All parts, as {@linkcode measureFullNetworkPart} gives them.
 * @param options Conventions and radii; the orders are those that the parts were measured at. Fixed radii must end at the
 * threshold, up to which the parts were counted.
 * @returns tau(q), alpha, f(alpha), alpha_0 and width with their evidence, or a status and a reason.
 * @throws {RangeError} If there is no part, one is missing or comes twice, they were measured differently, or an option is
 * out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { detectArchitecture } from "neuromfa/checkpoints";
 * import { fullNetworkSpectrum, measureFullNetworkPart } from "neuromfa/multifractal";
 * import { fullNetworkParts } from "neuromfa/networks";
 *
 * const checkpoint = await (await openRun("suite:nano-64")).checkpoint(0);
 * const measured = [];
 * for (const part of fullNetworkParts(detectArchitecture(checkpoint))) {
 *   measured.push(await measureFullNetworkPart(checkpoint, part));
 * }
 * const spectrum = fullNetworkSpectrum(measured);
 * assert.equal(spectrum.status, "ok");
 * assert.equal(spectrum.nodes, 4 * 10 * 64);
 * ```
 */
export function fullNetworkSpectrum(
  parts: readonly MeasuredPart[],
  options: Omit<MultifractalSpectrumOptions, "q"> = {},
): MultifractalSpectrum {
  const table = pick(SPECTRUM_OPTIONS, ["alpha0", "filterTolerance", "radii"]);
  const read = readOptions("fullNetworkSpectrum", table, options), { radii } = read;
  const ordered = inOrder(parts);
  const { q, boxes } = ordered[0]!;
  const edgesAt = sumOf(ordered.map((part) => part.edgesAt));
  const scale = 10 ** boxes.digits;
  const occurring = [...edgesAt.keys()].filter((bin) => edgesAt[bin]! > 0);
  const points = radii === "occurring"
    ? { bins: occurring, radii: Float64Array.from(occurring, (bin) => bin / scale) }
    : binsOfRadii(radii, boxes);
  const total = (count: (part: MeasuredPart) => number) =>
    ordered.reduce((sum, part) => sum + count(part), 0);
  return spectrumOfSums({
    q,
    edges: total(({ edges }) => edges),
    nodes: total(({ layer }) => layer.nodes),
    selected: { length: total(({ layer }) => layer.kept) },
    radii: points.radii,
    smallestRadii: radii === "occurring"
      ? occurring.slice(0, SMALLEST_RADII)
        .map((bin) => ({ radius: bin / scale, edges: edgesAt[bin]! }))
      : [],
    sums: () => ({
      powers: rowsOf(sumOf(ordered.map(({ powers }) => powers)), points.bins, q.length),
      logMasses: rowsOf(sumOf(ordered.map(({ logMasses }) => logMasses)), points.bins, 1),
    }),
  }, read);
}

/**
 * The fractal dimensions of the neurons of a full network, as {@linkcode measureNfd} lists them.
 *
 * @param parts All parts, measured with `nfdThreshold`.
 * @returns One entry for each neuron that has an edge, in the order of their ids; `layer` is the number of the part.
 * @throws {RangeError} If there is no part, one is missing or comes twice, or one was measured differently or without
 * `nfdThreshold`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { detectArchitecture } from "neuromfa/checkpoints";
 * import { fullNetworkDimensions, measureFullNetworkPart } from "neuromfa/multifractal";
 * import { fullNetworkParts } from "neuromfa/networks";
 *
 * const checkpoint = await (await openRun("suite:nano-64")).checkpoint(0);
 * const [part] = fullNetworkParts(detectArchitecture(checkpoint));
 * const measured = await measureFullNetworkPart(checkpoint, part!, { nfdThreshold: 200 });
 * assert.equal(fullNetworkDimensions([measured]).length, 64);
 * ```
 */
export function fullNetworkDimensions(parts: readonly MeasuredPart[]): Nfd[] {
  return inOrder(parts).flatMap(({ index, layer, dimensions }) => {
    if (dimensions !== null) return listDimensions(dimensions, index);
    throw new RangeError(
      `${layer.layer.name} was measured without fractal dimensions; give nfdThreshold, 200 as published`,
    );
  });
}

function inOrder(parts: readonly MeasuredPart[]): MeasuredPart[] {
  if (parts.length === 0) {
    throw new RangeError("There is no part of a network; measure at least one");
  }
  const ordered = parts.toSorted((a, b) => a.index - b.index);
  const measured = ({ boxes, q }: MeasuredPart) => JSON.stringify([boxes, [...q]]);
  for (const [i, part] of ordered.entries()) {
    if (part.index !== i) {
      throw new RangeError(
        `The parts of a full network are numbered from 0, each once, but number ${i} is ` +
          `${part.index > i ? "missing" : "there twice"}; measure each part once`,
      );
    }
    if (measured(part) === measured(ordered[0]!)) continue;
    const [own, first] = [part, ordered[0]!].map(({ layer }) => layer.layer.name);
    throw new RangeError(
      `${own} was measured with other options than ${first}; measure all parts alike`,
    );
  }
  return ordered;
}

function sumOf(terms: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(terms[0]!.length);
  for (const term of terms) for (let k = 0; k < sum.length; k++) sum[k]! += term[k]!;
  return sum;
}

function rowsOf(table: Float64Array, rows: readonly number[], width: number): Float64Array {
  const some = new Float64Array(rows.length * width);
  rows.forEach((row, i) => some.set(table.subarray(row * width, (row + 1) * width), i * width));
  return some;
}
