/** Which neurons of every layer a sampled network takes. */

import type { Architecture, DrawnPart } from "../architectures/architecture.ts";
import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { type DefaultedOption, integer } from "../options/option.ts";
import { readOptions } from "../options/read_options.ts";
import { MT19937 } from "../numpy/mt19937.ts";
import { numpyChoice } from "../numpy/choice.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";

/** The neurons drawn from a whole model. */
export interface NodeSample {
  /** For each layer of the architecture the neurons' positions within it, in the order drawn. */
  readonly layers: readonly Int32Array[];
}

/** What decides a {@linkcode NodeSample} of an architecture. */
export interface NodeSampleOptions extends SomeOptions<"layerSample"> {
  /** Number of the sample, which seeds the generator: the same draws serve every step of a model; 0 unless given. */
  readonly sample?: number;
}

const NODE_SAMPLE_OPTIONS = {
  sample: integer({
    ...{ min: 0, max: Number.MAX_SAFE_INTEGER, default: 0 },
    help: "number of the sample, which seeds its draws",
  }) as DefaultedOption<number>,
  layerSample: OPTIONS.layerSample,
};

/**
 * Draw the neurons of one sample. The draws and their order are the architecture's; those of GPT-NeoX are the published
 * code's, bit for bit: for each block its input, its attention outputs with their query, key and value, its
 * feed-forward input and hidden neurons, and after the last block its output (Xiao et al., ICLR 2025, arXiv 2402.09099).
 *
 * @throws {RangeError} If an option is out of range, or `layerSample` exceeds a layer that is not taken whole.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { detectArchitecture } from "neuromfa/checkpoints";
 * import { sampleNodes } from "neuromfa/networks";
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
  options: NodeSampleOptions = {},
): NodeSample {
  const { sample, layerSample } = readOptions("sampleNodes", NODE_SAMPLE_OPTIONS, options);
  const generator = new MT19937(sample);
  const drawn: Int32Array[] = layers.map(() => new Int32Array());
  for (const { size, times, allOfFew, layers: decided } of draws) {
    if (times * layerSample > size && !allOfFew) {
      const exceeded = times === 1 ? "the" : "half of the";
      throw new RangeError(
        `layerSample ${layerSample} exceeds ${exceeded} ${size} neurons of a layer; ` +
          `choose layerSample ${Math.floor(size / times)} or less`,
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

/** Draw the neurons of several samples of a checkpoint. */
export function drawSamples(
  checkpoint: Checkpoint,
  architecture: Architecture,
  samples: number,
  layerSample: number,
): NodeSample[] {
  const draw = (sample: number) => drawSample(checkpoint, architecture, sample, layerSample);
  return Array.from({ length: samples }, (_, sample) => draw(sample));
}

/** Draw the neurons of one sample of a checkpoint. */
export function drawSample(
  { source }: Checkpoint,
  architecture: Architecture,
  sample: number,
  layerSample: number,
): NodeSample {
  try {
    return sampleNodes(architecture, { sample, layerSample });
  } catch (error) {
    throw new Error(`${source} cannot be sampled: ${(error as Error).message}`, { cause: error });
  }
}
