/** The neurons of an untrained GPT-NeoX model, from its width and depth alone. */

import { checkCount } from "../options/check_count.ts";
import type { NeuronKind } from "../multifractal/expected_spectrum.ts";
import { gaussianLengths, type LengthLawOptions } from "../multifractal/length_law.ts";

/** More is no shape of a model. */
const MOST = 2 ** 24;

/** The shape of a GPT-NeoX model, and how many of its neurons a sample has. */
export interface UntrainedShape {
  /** Width of the residual stream. */
  readonly width: number;
  /** Number of blocks. */
  readonly layers: number;
  /** Neurons drawn from each layer, twice as many inside the feed-forward block; edges are those among them. */
  readonly layerSample: number;
}

/**
 * The kinds of neurons of a GPT-NeoX model as it is initialised, as Pythia and the bundled language models are: Gaussian weights with a
 * standard deviation of `√(2 / 5h)` for query, key and value and the way into the feed-forward block, and of `2 / (L √h)` for
 * attention output and the way out of the block, h being the width and L the number of blocks.
 *
 * @param shape Width, blocks and sample.
 * @returns The kinds for a threshold and for a scale that all weights are multiplied by, as {@linkcode scaleMap} takes them.
 * @throws {RangeError} If a number of the shape is not a whole one above 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scaleMap, untrainedKinds } from "neuromfa/statistics";
 *
 * const kinds = untrainedKinds({ width: 512, layers: 6, layerSample: 32 }); // pythia-70m
 * const [twice] = scaleMap(kinds, { scales: [2], thresholds: [150] });
 * assert.equal(twice!.E.toFixed(2), "0.27");
 * ```
 */
export function untrainedKinds(
  { width, layers, layerSample }: UntrainedShape,
): (lengths: LengthLawOptions, scale: number) => NeuronKind[] {
  for (const [name, value] of Object.entries({ width, layers, layerSample })) {
    checkCount(name, value, MOST);
  }
  return (options, scale) => {
    const into = gaussianLengths(scale * Math.sqrt(2 / (5 * width)), options);
    const outOf = gaussianLengths(scale * 2 / (layers * Math.sqrt(width)), options);
    const kind = (neurons: number, edges: number, lengths: typeof into): NeuronKind => (
      { neurons: neurons * layers, edges: [{ edges, lengths }] }
    );
    return [
      kind(layerSample, 3 * layerSample, into), // block input, to queries, keys and values
      kind(layerSample, layerSample, outOf), // attention output
      kind(layerSample, 2 * layerSample, into), // feed-forward input
      kind(2 * layerSample, layerSample, outOf), // feed-forward hidden
    ];
  };
}
