/** Which neurons of every layer a sampled network takes. */
import type { Architecture, DrawnPart } from "../architectures/architecture.ts";
import { checkCount, MOST_LAYER_SAMPLE } from "./check_count.ts";
import { MT19937 } from "./mt19937.ts";
import { numpyChoice } from "./numpy_choice.ts";

/** The neurons drawn from a whole model. */
export interface NodeSample {
  /** For each layer of the architecture the neurons' positions within it, in the order drawn. */
  readonly layers: readonly Int32Array[];
}

/** What decides a {@linkcode NodeSample} of an architecture. */
export interface NodeSampleOptions {
  /** Number of the sample, which seeds the generator: the same draws serve every step of a model. */
  readonly sample: number;
  /** Neurons s drawn from each layer (2s inside a transformer's MLP); 32 in the paper's code. */
  readonly layerSample: number;
}

/**
 * Draw the neurons of one sample. The draws and their order are the architecture's; those of GPT-NeoX are the published
 * code's, bit for bit: for each block its input, its attention outputs with their query, key and value, its
 * feed-forward input and hidden neurons, and after the last block its output (Xiao et al., ICLR 2025, arXiv 2402.09099).
 *
 * @param architecture The layers and what is drawn of them.
 * @param options The sample's number and size.
 * @throws {RangeError} If `layerSample` is no integer from 1 to a million or exceeds a layer that is not taken whole.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { detectArchitecture, openRun, sampleNodes } from "neuromfa";
 *
 * const run = await openRun("suite:nano-64");
 * const architecture = detectArchitecture(await run.checkpoint(0));
 * const { layers } = sampleNodes(architecture, { sample: 3, layerSample: 2 });
 * deepEqual([...layers[0]!], [6, 55]);
 * deepEqual([...layers[1]!], [41, 14, 105, 78, 169, 142]); // query, key, value
 * deepEqual([...layers[2]!], [41, 14]); // attention output
 * ```
 */
export function sampleNodes(
  { layers, draws }: Pick<Architecture, "layers" | "draws">,
  { sample, layerSample }: NodeSampleOptions,
): NodeSample {
  checkCount("layerSample", layerSample, MOST_LAYER_SAMPLE);
  const generator = new MT19937(sample);
  const drawn: Int32Array[] = layers.map(() => new Int32Array());
  for (const { size, times, allOfFew, layers: decided } of draws) {
    if (times * layerSample > size && !allOfFew) {
      const exceeded = times === 1 ? "the" : "half of the";
      throw new RangeError(
        `layer_sample ${layerSample} exceeds ${exceeded} ${size} neurons of a layer; ` +
          `choose layer_sample ${Math.floor(size / times)} or less.`,
      );
    }
    const neurons = numpyChoice(generator, size, Math.min(times * layerSample, size));
    for (const { layer, parts } of decided) drawn[layer] = neuronsOf(parts, neurons);
  }
  return { layers: drawn };
}

function neuronsOf(parts: readonly DrawnPart[], drawn: Int32Array): Int32Array {
  const neurons = new Set<number>();
  for (const { first, sharing, headSize } of parts) {
    for (const x of drawn) {
      neurons.add(first + Math.floor(x / (sharing * headSize)) * headSize + x % headSize);
    }
  }
  return Int32Array.from(neurons);
}
