import * as tf from "@tensorflow/tfjs";
import { AttentionMemory } from "../model/attention_memory.ts";
import type { ModelConfig } from "../model/config.ts";
import { forward, type ParameterTensors } from "../model/forward.ts";
import type { RandomStream } from "../random_stream.ts";
import { CHARACTERS, decodeText, encodeText } from "./characters.ts";

/** The place in a list of probabilities at which their running sum passes a number between 0 and 1. */
function placeOf(draw: number, probabilities: Float32Array): number {
  let sum = 0;
  const place = probabilities.findIndex((probability) => draw < (sum += probability));
  return place < 0 ? probabilities.length - 1 : place;
}

/**
 * Let a model write on, every character drawn with the probability that the model gives it.
 *
 * @param prompts What it goes on from, all of the same length.
 * @param length Characters to write.
 * @param random For each prompt the stream of its draws.
 * @returns For each prompt what was written after it.
 */
export function writeText(
  config: ModelConfig,
  tensors: ParameterTensors,
  prompts: readonly string[],
  length: number,
  random: readonly RandomStream[],
): string[] {
  const given = prompts.map(encodeText);
  const promptLength = given[0]?.length ?? 0;
  const symbols = CHARACTERS.length;
  const written = prompts.map(() => new Uint8Array(length));
  const memory = new AttentionMemory(config, prompts.length, promptLength + length);
  for (let position = 0; position < promptLength + length - 1; position++) {
    const ids = prompts.map((_, i) =>
      position < promptLength ? given[i]![position]! : written[i]![position - promptLength]!
    );
    const probabilities = tf.tidy(() => {
      const tokens = tf.oneHot(tf.tensor1d(ids, "int32"), symbols).toFloat() as tf.Tensor2D;
      return tf.softmax(forward(config, tensors, tokens, 1, memory.attend)).dataSync();
    }) as Float32Array;
    const next = position + 1 - promptLength;
    if (next < 0) continue;
    written.forEach((text, i) => {
      const own = probabilities.subarray(i * symbols, (i + 1) * symbols);
      text[next] = placeOf(random[i]!.uniform(0, 1), own);
    });
  }
  return written.map(decodeText);
}
