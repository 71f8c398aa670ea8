import assert from "node:assert/strict";
// @ts-types="@types/d3-array"
import { range } from "d3-array";
import { Corpus } from "../../lib/suite/corpus.ts";
import { deduplicatedSequences } from "../../lib/suite/deduplicated_sequences.ts";
import { VOCABULARY } from "../../lib/suite/vocabulary.ts";

const corpus = new Corpus({ seed: 1, contextLength: 128 });
const SEQUENCES = 6000;
const sequence = deduplicatedSequences(corpus, SEQUENCES);

/** The whole lines of a sequence; the last is cut off unless the sequence ends with a line's end. */
function linesOf(tokens: Uint8Array): string[] {
  const text = Array.from(tokens, (id) => VOCABULARY[id]).join(" ");
  return text.split(/ ?\n ?/).slice(0, -1);
}

const own = range(SEQUENCES).flatMap((i) => linesOf(corpus.trainingSequence(i)));
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
  assert.throws(() => deduplicatedSequences(corpus, 0), {
    name: "RangeError",
    message:
      "the 0 different lines of 0 sequences don't fill one of 129 tokens; give more sequences",
  });
});
