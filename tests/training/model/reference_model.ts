/**
 * The GPT-NeoX decoder once more, in double precision and without tfjs, written from its definition
 * (Black et al. 2022, arXiv 2204.06745; rotary positions: Su et al. 2021, arXiv 2104.09864).
 */

import type { ModelConfig } from "../../../data/training/model/config.ts";

/** Parameters by checkpoint name; matrices are `[out, in]`, row-major. */
export type ReferenceParameters = ReadonlyMap<string, { readonly values: ArrayLike<number> }>;

/** Logits of the next token after every token of one sequence. */
export function referenceLogits(
  config: ModelConfig,
  parameters: ReferenceParameters,
  tokens: ArrayLike<number>,
): number[][] {
  const get = (name: string) => parameters.get(name)!.values;
  const linear = (x: readonly number[], name: string) => {
    const product = matrixTimes(get(`${name}.weight`), x);
    const bias = get(`${name}.bias`);
    return product.map((value, i) => value + bias[i]!);
  };
  const norm = (x: readonly number[], name: string) => {
    const mean = average(x);
    const variance = average(x.map((value) => (value - mean) ** 2));
    const [gain, bias] = [get(`${name}.weight`), get(`${name}.bias`)];
    const deviation = Math.sqrt(variance + config.layer_norm_eps);
    return x.map((value, i) => (value - mean) / deviation * gain[i]! + bias[i]!);
  };
  const width = config.hidden_size;
  let residual = Array.from(tokens, (token) => {
    const embedding = get("gpt_neox.embed_in.weight");
    return Array.from({ length: width }, (_, i) => embedding[token * width + i]!);
  });
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const at = `gpt_neox.layers.${layer}`;
    const fused = residual.map((x) =>
      linear(norm(x, `${at}.input_layernorm`), `${at}.attention.query_key_value`)
    );
    const attended = attention(config, fused).map((x) => linear(x, `${at}.attention.dense`));
    residual = residual.map((x, t) => {
      const normal = norm(x, `${at}.post_attention_layernorm`);
      const inner = linear(normal, `${at}.mlp.dense_h_to_4h`).map(gelu);
      const fed = linear(inner, `${at}.mlp.dense_4h_to_h`);
      return x.map((value, i) => value + attended[t]![i]! + fed[i]!);
    });
  }
  return residual.map((x) =>
    matrixTimes(get("embed_out.weight"), norm(x, "gpt_neox.final_layer_norm"))
  );
}

/** Cross entropy in nats of every next token of one sequence. */
export function referenceLosses(
  config: ModelConfig,
  parameters: ReferenceParameters,
  sequence: Uint8Array,
): number[] {
  return referenceLogits(config, parameters, sequence.subarray(0, -1)).map((logits, t) => {
    const sum = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    return Math.log(sum) - logits[sequence[t + 1]!]!;
  });
}

/** Arithmetic mean. */
export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function matrixTimes(matrix: ArrayLike<number>, x: readonly number[]): number[] {
  const product: number[] = [];
  for (let at = 0; at < matrix.length; at += x.length) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += matrix[at + i]! * x[i]!;
    product.push(sum);
  }
  return product;
}

/** Heads lie one after another, each as its query, its key and its value. */
function attention(config: ModelConfig, fused: readonly number[][]): number[][] {
  const size = config.hidden_size / config.num_attention_heads;
  const output: number[][] = fused.map(() => []);
  for (let head = 0; head < config.num_attention_heads; head++) {
    const part = (index: number) => fused.map((x) => x.slice(index * size, (index + 1) * size));
    const query = part(3 * head).map((x, t) => turned(config, x, t));
    const key = part(3 * head + 1).map((x, t) => turned(config, x, t));
    const value = part(3 * head + 2);
    for (let t = 0; t < fused.length; t++) {
      const weights = key.slice(0, t + 1).map((k) =>
        Math.exp(k.reduce((sum, x, i) => sum + x * query[t]![i]!, 0) / Math.sqrt(size))
      );
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      for (let i = 0; i < size; i++) {
        output[t]!.push(
          weights.reduce((sum, weight, s) => sum + weight * value[s]![i]!, 0) / total,
        );
      }
    }
  }
  return output;
}

/** `x cos + rotateHalf(x) sin` on the first dimensions of a head. */
function turned(config: ModelConfig, x: readonly number[], position: number): number[] {
  const dimensions = Math.floor(x.length * config.rotary_pct);
  const front = x.slice(0, dimensions);
  const half = dimensions / 2;
  const rotatedHalf = [...front.slice(half).map((value) => -value), ...front.slice(0, half)];
  const angle = (i: number) => position / config.rotary_emb_base ** (2 * (i % half) / dimensions);
  const rotated = front.map((value, i) =>
    value * Math.cos(angle(i)) + rotatedHalf[i]! * Math.sin(angle(i))
  );
  return [...rotated, ...x.slice(dimensions)];
}

/** `x Φ(x)`, with the normal distribution from the series of its error function without cancellation. */
function gelu(x: number): number {
  if (Math.abs(x) > 8) return Math.max(x, 0);
  let sum = x;
  for (let n = 1, term = x; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= x * x / (2 * n + 1);
    sum += term;
  }
  return x * (0.5 + Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * sum);
}
