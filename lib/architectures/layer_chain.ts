/** Layers that follow one another and differ in width, each drawn by itself. */

import type { NeuronDraw, NeuronLayer } from "./architecture.ts";

/** One draw for each layer, in their order; layers with fewer neurons than should be drawn give all of them. */
export function drawEach(layers: readonly NeuronLayer[]): NeuronDraw[] {
  return layers.map(({ size }, layer) => ({
    size,
    times: 1,
    allOfFew: true,
    layers: [{ layer, parts: [{ first: 0, sharing: 1, headSize: 1 }] }],
  }));
}
