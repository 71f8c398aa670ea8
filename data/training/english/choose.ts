import * as tf from "@tensorflow/tfjs";
import type { ModelConfig } from "../model/config.ts";
import { forward, type ParameterTensors } from "../model/forward.ts";
import { inputTokens } from "../model/loss.ts";
import { CHARACTERS, encodeText } from "./characters.ts";
import type { Choice } from "./skills/choice.ts";

/** Sequences that go through the model at once. */
const SEQUENCES_AT_ONCE = 64;

/** A text whose characters from one place on are to be predicted. */
interface Continued {
  readonly text: string;
  readonly from: number;
}

/** Logarithm of the probability of every next character after each of some texts' characters, `[texts, contextLength, symbols]`. */
function predictions(
  config: ModelConfig,
  tensors: ParameterTensors,
  texts: readonly string[],
  contextLength: number,
): Float32Array {
  // What stands behind a text's end changes nothing before it.
  const batch = texts.map((text) => {
    const padded = new Uint8Array(contextLength + 1);
    padded.set(encodeText(text));
    return padded;
  });
  return tf.tidy(() => {
    const tokens = inputTokens(batch, CHARACTERS.length);
    return tf.logSoftmax(forward(config, tensors, tokens, contextLength)).dataSync();
  }) as Float32Array;
}

/**
 * Which choices a model makes right: those in which the right continuation is likelier than the wrong one after the same context.
 *
 * @param contextLength Characters that the model reads, of context and continuation.
 */
export function choose(
  config: ModelConfig,
  tensors: ParameterTensors,
  choices: readonly Choice[],
  contextLength: number,
): boolean[] {
  const ends = choices.map(({ context, right, wrong }) => {
    const kept = context.slice(-(contextLength + 1 - Math.max(right.length, wrong.length)));
    return [right, wrong].map((end): Continued => ({ text: kept + end, from: kept.length }));
  });
  // Two continuations that differ in their last character alone are predicted from the same text.
  const groups = [...Map.groupBy(ends.flat(), ({ text }) => text.slice(0, -1))];
  const likelihoods = new Map<Continued, number>();
  for (let first = 0; first < groups.length; first += SEQUENCES_AT_ONCE) {
    const some = groups.slice(first, first + SEQUENCES_AT_ONCE);
    const all = predictions(config, tensors, some.map(([read]) => read), contextLength);
    for (const [i, [, continued]] of some.entries()) {
      for (const one of continued) {
        let sum = 0;
        for (const [j, id] of encodeText(one.text.slice(one.from)).entries()) {
          sum += all[(i * contextLength + one.from + j - 1) * CHARACTERS.length + id]!;
        }
        likelihoods.set(one, sum);
      }
    }
  }
  return ends.map(([right, wrong]) => likelihoods.get(right!)! > likelihoods.get(wrong!)!);
}
