/** Which neurons of every layer a sampled network takes. */
import { MT19937 } from "./mt19937.ts";
import { numpyChoice } from "./numpy_choice.ts";

/** The neurons drawn from one transformer block, as positions within their layers, in the order drawn. */
export interface BlockSample {
  /** Block input: s of h. */
  readonly n1: Int32Array;
  /** Query, key and value: three times the same s of h, as x, x + h, x + 2h. */
  readonly n2: Int32Array;
  /** Attention output: the same x. */
  readonly n3: Int32Array;
  /** Input of the feed-forward layer: s of h. */
  readonly n4: Int32Array;
  /** Hidden neurons of the feed-forward layer: 2s of 4h. */
  readonly n5: Int32Array;
}

/** The neurons drawn from a whole model; the outputs of a block are the inputs `n1` of the next. */
export interface NodeSample {
  /** Number of neurons h that each layer was drawn from. */
  readonly features: number;
  /** One entry for each transformer block. */
  readonly blocks: readonly BlockSample[];
  /** Output of the last block: s of h. */
  readonly n6: Int32Array;
}

/** What decides a {@linkcode NodeSample}. */
export interface NodeSampleOptions {
  /** Number of the sample, which seeds the generator: the same draws serve every step of a model. */
  readonly sample: number;
  /** Number of transformer blocks. */
  readonly blocks: number;
  /** Hidden size h of the model. */
  readonly features: number;
  /** Neurons s drawn from each layer (2s from the feed-forward layer); 32 in the paper's code. */
  readonly layerSample: number;
}

/**
 * Draw the neurons of one sample in the reference's order: for each block n1, n2 = n3, n4, n5, and after
 * the last block n6 (Xiao et al., ICLR 2025, arXiv 2402.09099, and its published code).
 *
 * @param options The sample's number and the model's sizes.
 * @returns Positions within each layer, in the order drawn.
 * @throws {RangeError} If a size is no positive integer or `layerSample` exceeds `features`.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { sampleNodes } from "neuromfa";
 *
 * const sample = sampleNodes({ sample: 3, blocks: 2, features: 8, layerSample: 3 });
 * deepEqual([...sample.blocks[0]!.n1], [5, 7, 4]);
 * deepEqual([...sample.n6], [3, 2, 7]);
 * ```
 */
export function sampleNodes(options: NodeSampleOptions): NodeSample {
  const { sample, blocks, features, layerSample } = options;
  for (const [name, value] of Object.entries({ blocks, features, layer_sample: layerSample })) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new RangeError(
      `${name} must be a positive integer, but it is ${value}; give the number there is.`,
    );
  }
  if (layerSample > features) {
    throw new RangeError(
      `layer_sample ${layerSample} exceeds the ${features} neurons of a layer; ` +
        `choose layer_sample ${features} or less.`,
    );
  }
  const generator = new MT19937(sample);
  const draw = () => numpyChoice(generator, features, layerSample);
  return {
    features,
    blocks: Array.from({ length: blocks }, () => {
      const n1 = draw();
      const n3 = draw();
      const n2 = Int32Array.from(
        [0, 1, 2].flatMap((part) => Array.from(n3, (x) => x + part * features)),
      );
      return { n1, n2, n3, n4: draw(), n5: numpyChoice(generator, 4 * features, 2 * layerSample) };
    }),
    n6: draw(),
  };
}
