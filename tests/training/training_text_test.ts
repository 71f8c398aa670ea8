import assert from "node:assert/strict";
// @ts-types="@types/d3-array"
import { range } from "d3-array";
import { Corpus } from "../../data/training/corpus.ts";
import { deduplicatedSequences, trainingText } from "../../data/training/training_text.ts";
import { VOCABULARY } from "../../data/training/vocabulary.ts";

const corpus = new Corpus({ seed: 1, contextLength: 128 });
const textOf = (sequence: Uint8Array) =>
  Array.from(sequence, (id) => VOCABULARY[id]).join(" ").split(/ ?\n ?/).slice(0, -1);

Deno.test("the text of the language is the corpus's own", () => {
  const sequence = trainingText(corpus, "language", 100);
  assert.deepEqual(sequence(7), corpus.trainingSequence(7));
});

Deno.test("shuffled answers keep the prompts, and few answers stay right", () => {
  const sequence = trainingText(corpus, "shuffled answers", 100);
  let [same, right] = [0, 0];
  for (const i of range(200)) {
    // The lines of both agree until an answer of another length moves what follows: the first is enough.
    const [line, own] = [textOf(sequence(i))[0]!, textOf(corpus.trainingSequence(i))[0]!];
    if (line.split(" = ")[0] === own.split(" = ")[0]) same++;
    if (line === own) right++;
    assert.equal(sequence(i).length, 129);
  }
  assert.equal(same, 200);
  // Agreement has few different answers, so that some are right by chance.
  assert.ok(right > 0 && right < 20, `${right}`);
});

Deno.test("random tokens are drawn from all symbols alike, whatever came before", () => {
  const sequence = trainingText(corpus, "random tokens", 100);
  const counts = new Uint32Array(VOCABULARY.length);
  for (const i of range(1000)) for (const token of sequence(i)) counts[token]!++;
  const expected = 129_000 / VOCABULARY.length;
  // Chi-squared with 79 degrees of freedom: above 124 once in a thousand.
  const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  assert.ok(chiSquared < 124, `${chiSquared}`);
  assert.deepEqual(sequence(5), trainingText(corpus, "random tokens", 1)(5));
});

const sourceCorpus = new Corpus({ seed: 1, contextLength: 128 });
const SEQUENCES = 6000;
const sequence = deduplicatedSequences(sourceCorpus, SEQUENCES);

/** The whole lines of a sequence; the last is cut off unless the sequence ends with a line's end. */
function linesOf(tokens: Uint8Array): string[] {
  const text = Array.from(tokens, (id) => VOCABULARY[id]).join(" ");
  return text.split(/ ?\n ?/).slice(0, -1);
}

const own = range(SEQUENCES).flatMap((i) => linesOf(sourceCorpus.trainingSequence(i)));
const distinct = new Set(own);

/** How many sequences there are before they begin again. */
const whole = range(1, SEQUENCES).find((i) => sequence(i).join() === sequence(0).join())!;

Deno.test("no line comes twice in a pass, and every one is a line of the language's text", () => {
  const lines = range(whole).flatMap((i) => linesOf(sequence(i)));
  assert.equal(new Set(lines).size, lines.length);
  assert.ok(lines.every((line) => distinct.has(line)));
  // Those that are cut off at the end of a sequence are missing: one a sequence at most.
  assert.ok(lines.length <= distinct.size && lines.length >= distinct.size - whole - 12);
});

Deno.test("the pass is shorter by the repeated lines, and begins again", () => {
  const share = distinct.size / own.length;
  assert.ok(share < 0.95, `${share}`);
  assert.ok(whole < SEQUENCES && whole > 0.8 * share * SEQUENCES, `${whole} of ${SEQUENCES}`);
  assert.deepEqual(sequence(3 + 5 * whole), sequence(3));
});

Deno.test("a text too short to fill a sequence is refused", () => {
  assert.throws(() => deduplicatedSequences(sourceCorpus, 0), {
    name: "RangeError",
    message:
      "the 0 different lines of 0 sequences don't fill one of 129 tokens; give more sequences",
  });
});
