/** What the tensors of a residual network are called. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";

/** Names of the weights of a residual network. */
export interface ResNetNames {
  /** The first convolution. */
  readonly stem: string;
  /** The classifier, a plain matrix. */
  readonly classifier: string;
  /** Number of the first stage and of a block's first convolution. */
  readonly first: number;
  /** A convolution of a block of a stage. */
  convolution(stage: number, block: number, index: number): string;
  /** The convolution of a block's shortcut, which only blocks that change the number of channels or positions have. */
  shortcut(stage: number, block: number): string;
}

const torchvision: ResNetNames = {
  stem: "conv1.weight",
  classifier: "fc.weight",
  first: 1,
  convolution: (stage, block, index) => `layer${stage}.${block}.conv${index}.weight`,
  shortcut: (stage, block) => `layer${stage}.${block}.downsample.0.weight`,
};

const huggingFace = (prefix: string): ResNetNames => ({
  stem: `${prefix}embedder.embedder.convolution.weight`,
  classifier: "classifier.1.weight",
  first: 0,
  convolution: (stage, block, index) =>
    `${prefix}encoder.stages.${stage}.layers.${block}.layer.${index}.convolution.weight`,
  shortcut: (stage, block) =>
    `${prefix}encoder.stages.${stage}.layers.${block}.shortcut.convolution.weight`,
});

const namings = [torchvision, huggingFace("resnet."), huggingFace("")];

/** The names that a checkpoint's first two convolutions have, `undefined` where it has neither. */
export function resNetNames({ tensors }: Checkpoint): ResNetNames | undefined {
  return namings.find(({ stem, first, convolution }) =>
    tensors.has(stem) && tensors.has(convolution(first, 0, first))
  );
}
