import type { ModelConfig } from "./config.ts";
import { RandomStream } from "../random_stream.ts";

/** One parameter: values row-major in single precision. */
export interface Parameter {
  /** Sizes, outermost first; a linear layer is `[out, in]`. */
  readonly shape: readonly number[];
  /** The values, row-major. */
  readonly values: Float32Array;
}

/** Every parameter of a model under the name that GPT-NeoX checkpoints give it. */
export type Parameters = ReadonlyMap<string, Parameter>;

/** Names, shapes and starting rules of all parameters. */
function* layout(config: ModelConfig): Generator<ParameterLayout> {
  const { hidden_size: hidden, intermediate_size: inner, num_hidden_layers: layers } = config;
  // GPT-NeoX names them small_init (Nguyen & Salazar 2019) and wang_init (Wang & Komatsuzaki 2021), as Pythia was started.
  const small = { deviation: Math.sqrt(2 / (5 * hidden)) };
  const wang = { deviation: 2 / (layers * Math.sqrt(hidden)) };
  const [zero, one] = [{ value: 0 }, { value: 1 }];
  yield ["gpt_neox.embed_in.weight", [config.vocab_size, hidden], small];
  for (let layer = 0; layer < layers; layer++) {
    const at = `gpt_neox.layers.${layer}.`;
    for (const norm of ["input_layernorm", "post_attention_layernorm"]) {
      yield [`${at}${norm}.weight`, [hidden], one];
      yield [`${at}${norm}.bias`, [hidden], zero];
    }
    yield [`${at}attention.query_key_value.weight`, [3 * hidden, hidden], small];
    yield [`${at}attention.query_key_value.bias`, [3 * hidden], zero];
    yield [`${at}attention.dense.weight`, [hidden, hidden], wang];
    yield [`${at}attention.dense.bias`, [hidden], zero];
    yield [`${at}mlp.dense_h_to_4h.weight`, [inner, hidden], small];
    yield [`${at}mlp.dense_h_to_4h.bias`, [inner], zero];
    yield [`${at}mlp.dense_4h_to_h.weight`, [hidden, inner], wang];
    yield [`${at}mlp.dense_4h_to_h.bias`, [hidden], zero];
  }
  yield ["gpt_neox.final_layer_norm.weight", [hidden], one];
  yield ["gpt_neox.final_layer_norm.bias", [hidden], zero];
  yield ["embed_out.weight", [config.vocab_size, hidden], small];
}

/** The untrained model of a seed: weights as GPT-NeoX starts them, biases 0, layer-norm gains 1. */
export function initialParameters(config: ModelConfig, seed: number): Parameters {
  return startParameters(layout(config), seed);
}

/** How a parameter starts: all one value, or normal with a standard deviation. */
export type Start = { readonly deviation: number } | { readonly value: number };

/** Name, shape and starting rule of a parameter: matrices as `[out, in]`, kernels as `[out, in, height, width]`. */
export type ParameterLayout = readonly [name: string, shape: readonly number[], start: Start];

/** The untrained parameters of a seed, each from a random stream of its own. */
export function startParameters(layout: Iterable<ParameterLayout>, seed: number): Parameters {
  const parameters = new Map<string, Parameter>();
  for (const [name, shape, start] of layout) {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = "value" in start
      ? new Float32Array(count).fill(start.value)
      : new RandomStream(seed, "start", name).normal(count, start.deviation);
    parameters.set(name, { shape, values });
  }
  return parameters;
}
