/** The neurons of a checkpoint's samples. */
import type { Architecture } from "../architectures/architecture.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { type NodeSample, sampleNodes } from "./node_sample.ts";

/**
 * Draw the neurons of several samples of a checkpoint.
 *
 * @throws {Error} naming the checkpoint, if it is too small for `layerSample`.
 */
export function drawSamples(
  checkpoint: Checkpoint,
  architecture: Architecture,
  samples: number,
  layerSample: number,
): NodeSample[] {
  return Array.from(
    { length: samples },
    (_, sample) => drawSample(checkpoint, architecture, sample, layerSample),
  );
}

/**
 * Draw the neurons of one sample of a checkpoint.
 *
 * @throws {Error} naming the checkpoint, if it is too small for `layerSample`.
 */
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
