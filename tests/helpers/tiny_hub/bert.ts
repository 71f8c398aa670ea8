/** Tiny BERTs whose files, tensors and configs are called as in the hub's repositories. */

import { type Branches, largeFile, type ServedFile, smallFile } from "../hub_server.ts";
import { torchZipBytes } from "../torch_bytes.ts";
import { configFile, floats, safetensors, type Shapes, sizes } from "./tiny_files.ts";

const { hidden, blocks, heads, words, places } = sizes;
const inside = 2 * hidden;

/** `google-bert/bert-base-uncased`: its norms have the names that TensorFlow gives them. */
export async function tinyBert(): Promise<Branches> {
  const shapes = bertShapes({ weight: "gamma", bias: "beta" });
  return {
    main: {
      ...bertConfig("BertForMaskedLM"),
      "coreml/fill-mask/float32_model.mlpackage/Manifest.json": smallFile("{}"),
      "model.safetensors": await safetensors(floats("F32", shapes, "bert", 1)),
      "pytorch_model.bin": largeFile("not what is to be read"),
    },
  };
}

/** `google/multiberts-seed_0-step_<N>k`: a file of `torch.save` alone, its positions and decoder in it. */
export async function tinyMultiBert(thousands: number): Promise<Branches> {
  const shapes = {
    ...bertShapes({ weight: "weight", bias: "bias" }),
    "cls.predictions.decoder.weight": [words, hidden],
    "cls.predictions.decoder.bias": [words],
  };
  const bytes = new Uint8Array(new BigInt64Array(places).map((_, i) => BigInt(i)).buffer);
  const tensors = [
    { name: "bert.embeddings.position_ids", dtype: "I64", shape: [1, places], bytes },
    ...floats("F32", shapes, "multiberts", thousands / 1000),
  ];
  return {
    main: {
      ...bertConfig("BertForPreTraining"),
      "pytorch_model.bin": largeFile(await torchZipBytes(tensors)),
      "tf_model.h5": largeFile("not what is to be read"),
    },
  };
}

function bertConfig(architecture: string): Record<string, ServedFile> {
  const config = {
    architectures: [architecture],
    hidden_size: hidden,
    intermediate_size: inside,
    max_position_embeddings: places,
    model_type: "bert",
    num_attention_heads: heads,
    num_hidden_layers: blocks,
    position_embedding_type: "absolute",
    type_vocab_size: 2,
    vocab_size: words,
  };
  return { ...configFile(config), "vocab.txt": smallFile("[PAD]\n") };
}

function bertShapes(norm: { readonly weight: string; readonly bias: string }): Shapes {
  const shapes: Shapes = {};
  const dense = (name: string, out: number, from: number) => {
    shapes[`${name}.weight`] = [out, from];
    shapes[`${name}.bias`] = [out];
  };
  const layerNorm = (name: string) => {
    shapes[`${name}.LayerNorm.${norm.weight}`] = [hidden];
    shapes[`${name}.LayerNorm.${norm.bias}`] = [hidden];
  };
  for (const [kind, rows] of [["word", words], ["position", places], ["token_type", 2]] as const) {
    shapes[`bert.embeddings.${kind}_embeddings.weight`] = [rows, hidden];
  }
  layerNorm("bert.embeddings");
  for (let block = 0; block < blocks; block++) {
    const name = `bert.encoder.layer.${block}`;
    for (const role of ["query", "key", "value"]) {
      dense(`${name}.attention.self.${role}`, hidden, hidden);
    }
    dense(`${name}.attention.output.dense`, hidden, hidden);
    layerNorm(`${name}.attention.output`);
    dense(`${name}.intermediate.dense`, inside, hidden);
    dense(`${name}.output.dense`, hidden, inside);
    layerNorm(`${name}.output`);
  }
  dense("bert.pooler.dense", hidden, hidden);
  shapes["cls.predictions.bias"] = [words];
  dense("cls.predictions.transform.dense", hidden, hidden);
  layerNorm("cls.predictions.transform");
  dense("cls.seq_relationship", 2, hidden);
  return shapes;
}
