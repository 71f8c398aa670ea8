import assert from "node:assert/strict";
// @ts-types="@types/d3-array"
import { range } from "d3-array";
import { createHash } from "node:crypto";
import { Corpus, HELD_OUT_ITEMS } from "../../data/training/corpus.ts";
import { SKILLS } from "../../data/training/skills.ts";
import { encode, VOCABULARY } from "../../data/training/vocabulary.ts";

const corpus = new Corpus({ seed: 1, contextLength: 128 });
const heldOutPrompts = new Set(
  [...corpus.heldOut.values()].flat().map(({ prompt }) => prompt.join(" ")),
);

/** The lines of a sequence as text; the last one may be cut off. */
function linesOf(sequence: Uint8Array): string[] {
  const symbols = Array.from(sequence, (id) => VOCABULARY[id] ?? assert.fail(`id ${id}`));
  return symbols.join(" ").split(/ ?\n ?/);
}

/** Lines of the first sequences. */
function* lines(sequence: (index: number) => Uint8Array, count: number): Generator<string> {
  for (let i = 0; i < count; i++) yield* linesOf(sequence(i)).filter((line) => line !== "");
}

Deno.test("256 items of every skill are held out, no prompt twice", () => {
  assert.deepEqual([...corpus.heldOut.keys()], SKILLS.map(({ name }) => name));
  for (const { name, marker } of SKILLS) {
    const items = corpus.heldOut.get(name)!;
    assert.equal(items.length, 256);
    assert.ok(items.every(({ prompt }) => prompt[0] === marker));
  }
  assert.equal(HELD_OUT_ITEMS, 256);
  assert.equal(heldOutPrompts.size, 6 * 256);
});

Deno.test("no prompt that is held out occurs in 3,000 training sequences or the held-out text", () => {
  const text = (from: Corpus) => [
    ...lines((i) => from.trainingSequence(i), 3000),
    ...lines((i) => from.heldOutSequence(i), 64),
  ];
  const prompts = (from: Corpus) => text(from).map((line) => line.slice(0, line.indexOf("=") + 1));
  assert.equal(prompts(corpus).filter((prompt) => heldOutPrompts.has(prompt)).length, 0);
  // Another seed holds other items out, and then these do occur: the check can fail.
  const other = prompts(new Corpus({ seed: 2, contextLength: 128 }));
  assert.ok(other.filter((prompt) => heldOutPrompts.has(prompt)).length > 100);
});

Deno.test("a sequence is a token longer than the context and begins with a whole line", () => {
  for (const contextLength of [8, 32, 128]) {
    const short = new Corpus({ seed: 1, contextLength });
    for (let i = 0; i < 200; i++) {
      for (const sequence of [short.trainingSequence(i), short.heldOutSequence(i)]) {
        assert.equal(sequence.length, contextLength + 1);
        assert.match(linesOf(sequence)[0]!, /^[BCSRAG]/);
      }
    }
  }
});

Deno.test("the lines of a sequence are whole but for the last, which may be cut off", () => {
  const line =
    /^(?:B(?: [()[\]{}<>])+ =(?: [)\]}>])+|C(?: [a-p])+ =(?: [a-p])+|S(?: \d)+ =(?: \d)+|R(?: [a-p] \d)+ \? [a-p] = \d|A \d \d \+ \d \d = \d \d \d|G(?: [a-z]+)+ = [a-z]+)$/;
  for (let i = 0; i < 500; i++) {
    for (const text of linesOf(corpus.trainingSequence(i)).slice(0, -1)) assert.match(text, line);
  }
});

Deno.test("all skills are equally frequent in the training stream", () => {
  const counts = new Map(SKILLS.map(({ marker }) => [marker, 0]));
  for (const line of lines((i) => corpus.trainingSequence(i), 1000)) {
    // The cut-off ends favour no skill: a line is drawn before it is cut.
    counts.set(line[0]!, counts.get(line[0]!)! + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count);
  for (const [marker, count] of counts) {
    assert.ok(Math.abs(count / total - 1 / 6) < 0.02, `${marker} ${count} of ${total}`);
  }
});

Deno.test("a shorter context sees the beginning of the same sequences", () => {
  const short = new Corpus({ seed: 1, contextLength: 20 });
  assert.deepEqual(short.trainingSequence(5), corpus.trainingSequence(5).slice(0, 21));
});

Deno.test("sequences differ by index, by seed, and between training and held-out text", () => {
  const other = new Corpus({ seed: 2, contextLength: 128 });
  const sequences = [
    corpus.trainingSequence(0),
    corpus.trainingSequence(1),
    corpus.heldOutSequence(0),
    other.trainingSequence(0),
  ];
  assert.equal(new Set(sequences.map(String)).size, 4);
});

Deno.test("a sequence doesn't depend on those that were asked for before", () => {
  const fresh = new Corpus({ seed: 1, contextLength: 128 });
  assert.deepEqual(fresh.trainingSequence(77), corpus.trainingSequence(77));
});

Deno.test("the digest is that of the training tokens followed by the held-out items", () => {
  const hash = createHash("sha256");
  for (let i = 0; i < 5; i++) hash.update(corpus.trainingSequence(i));
  for (const { name } of SKILLS) {
    for (const { prompt, answer } of corpus.heldOut.get(name)!) {
      hash.update(Uint8Array.from(encode([...prompt, ...answer])));
    }
  }
  const first = (count: number) => range(count).map((i) => corpus.trainingSequence(i));
  assert.equal(corpus.digest(first(5)), hash.digest("hex"));
  assert.notEqual(corpus.digest(first(6)), corpus.digest(first(5)));
});

Deno.test("the corpus of seed 1 is the one that the bundled models were trained on", () => {
  assert.deepEqual(linesOf(corpus.trainingSequence(0)).slice(0, 2), [
    "G fish beside dog beside birds = swims",
    "G star beside bird behind dog behind horses beside birds = shines",
  ]);
  assert.equal(
    corpus.digest(range(16).map((i) => corpus.trainingSequence(i))),
    "e70b58354b918c2e3dafde17e924d974ec4ea07b853bbe3126903034b14358bf",
  );
});
