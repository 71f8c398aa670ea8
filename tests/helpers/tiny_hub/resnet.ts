/** A tiny ResNet whose files, tensors and config are called as in the hub's repository. */

import type { Branches } from "../hub_server.ts";
import { configFile, floats, safetensors, type Shapes } from "./tiny_files.ts";

/** `microsoft/resnet-18`: two basic blocks in each of four stages. */
export async function tinyResNet(): Promise<Branches> {
  const sizes = [36, 40, 44, 48], classes = 10;
  const shapes: Shapes = {};
  const add = (name: string, out: number, from: number, kernel: number) => {
    shapes[`${name}.convolution.weight`] = [out, from, kernel, kernel];
    for (const part of ["weight", "bias", "running_mean", "running_var"]) {
      shapes[`${name}.normalization.${part}`] = [out];
    }
  };
  add("resnet.embedder.embedder", sizes[0]!, 3, 7);
  sizes.forEach((size, stage) => {
    for (const layer of [0, 1]) {
      const name = `resnet.encoder.stages.${stage}.layers.${layer}`;
      const from = layer === 0 ? sizes[Math.max(0, stage - 1)]! : size;
      add(`${name}.layer.0`, size, from, 3);
      add(`${name}.layer.1`, size, size, 3);
      if (from !== size) add(`${name}.shortcut`, size, from, 1);
    }
  });
  shapes["classifier.1.weight"] = [classes, sizes.at(-1)!];
  shapes["classifier.1.bias"] = [classes];
  const counts = Object.keys(shapes).filter((name) => name.endsWith("running_mean")).map((name) => (
    {
      name: name.replace("running_mean", "num_batches_tracked"),
      dtype: "I64",
      shape: [],
      bytes: new Uint8Array(8),
    }
  ));
  const config = {
    architectures: ["ResNetForImageClassification"],
    depths: sizes.map(() => 2),
    downsample_in_first_stage: false,
    embedding_size: sizes[0],
    hidden_act: "relu",
    hidden_sizes: sizes,
    id2label: Object.fromEntries(Array.from({ length: classes }, (_, i) => [i, `class ${i}`])),
    layer_type: "basic",
    model_type: "resnet",
    num_channels: 3,
    torch_dtype: "float32",
  };
  return {
    main: {
      ...configFile(config),
      "model.safetensors": await safetensors([...floats("F32", shapes, "resnet", 1), ...counts]),
    },
  };
}
