import assert from "node:assert/strict";
import { decodeText } from "../../../data/training/english/characters.ts";
import { EnglishCorpus, LONGEST_SHARED } from "../../../data/training/english/english_corpus.ts";
import { englishSources } from "../../../data/training/english/english_documents.ts";
import { tinySources } from "./tiny_english.ts";

const tiny = new EnglishCorpus({ seed: 1, contextLength: 24, sources: tinySources });
const corpus = new EnglishCorpus({ seed: 1, contextLength: 128, sources: englishSources() });

/** The documents of all sources that are held out, or that are not. */
function textOf(heldOut: boolean): string {
  return englishSources().map(({ documents }) =>
    documents.filter((one) => one.heldOut === heldOut).map(({ text }) => text).join("\n\n")
  ).join("\n\n");
}

/** Whether one of a passage's runs of {@linkcode LONGEST_SHARED} characters is in a text. */
function sharesRun(passage: string, text: string): boolean {
  for (let start = 0; start + LONGEST_SHARED <= passage.length; start++) {
    if (text.includes(passage.slice(start, start + LONGEST_SHARED))) return true;
  }
  return false;
}

Deno.test("training sequences are passages of what is trained on, and of nothing held out", () => {
  const [trained, heldOut] = [textOf(false), textOf(true)];
  for (let index = 0; index < 32; index++) {
    const passage = decodeText(corpus.trainingSequence(index));
    assert.equal(passage.length, 129);
    assert.ok(trained.includes(passage), passage);
    assert.ok(!sharesRun(passage, heldOut), passage);
    const scored = decodeText(corpus.heldOutSequence(index));
    assert.equal(scored.length, 129);
    assert.ok(heldOut.includes(scored), scored);
  }
  assert.equal(corpus.heldOutText, heldOut);
});

Deno.test("what a training document quotes of a held-out one is never drawn", () => {
  const quoted =
    "We hold that a nation which forgets what it once was will not know what it is to become. ";
  const own =
    "The harvest was good and the ships came home with all that they had been sent to bring us. ";
  const source = {
    description: "two speeches",
    documents: [
      {
        name: "1800",
        text: `Let me say it now. ${quoted}So it stands. ${"Be of cheer. ".repeat(9)}`,
        heldOut: true,
      },
      {
        name: "1801",
        text: `${own}As he said: ${quoted}${own}And so it was, and so it will be.`,
        heldOut: false,
      },
    ],
  };
  const small = new EnglishCorpus({ seed: 1, contextLength: 100, sources: [source] });
  const drawn = new Set<string>();
  for (let index = 0; index < 300; index++) drawn.add(decodeText(small.trainingSequence(index)));
  assert.ok([...drawn].some((passage) => passage.includes(quoted.slice(0, 20))));
  for (const passage of drawn) assert.ok(!sharesRun(passage, source.documents[0]!.text), passage);
  for (const passage of drawn) assert.ok(!passage.includes(quoted), passage);
});

Deno.test("a sequence depends on seed and index alone, and both sources are drawn as often", () => {
  const again = new EnglishCorpus({ seed: 1, contextLength: 24, sources: tinySources });
  const other = new EnglishCorpus({ seed: 2, contextLength: 24, sources: tinySources });
  assert.deepEqual(tiny.trainingSequence(5), again.trainingSequence(5));
  assert.notDeepEqual(tiny.trainingSequence(5), other.trainingSequence(5));
  let speeches = 0;
  for (let index = 0; index < 400; index++) {
    const passage = decodeText(tiny.trainingSequence(index));
    if ("Fellow citizens, they are of good cheer. ".repeat(20).includes(passage)) speeches++;
  }
  assert.ok(Math.abs(speeches - 200) < 40, `${speeches}`);
});

Deno.test("held-out sequences come from the sources in turn", () => {
  const [tale, speech] = tinySources.map(({ documents }) =>
    documents.find(({ heldOut }) => heldOut)!.text
  );
  for (let index = 0; index < 8; index++) {
    const passage = decodeText(tiny.heldOutSequence(index));
    assert.ok((index % 2 === 0 ? tale : speech)!.includes(passage), passage);
  }
});

Deno.test("the digest is over the sequences trained on and the held-out text", () => {
  assert.match(tiny.digest(3), /^[0-9a-f]{64}$/);
  assert.equal(tiny.digest(3), tiny.digest(3));
  assert.notEqual(tiny.digest(3), tiny.digest(4));
  const [tale, speech] = tinySources;
  const changed = {
    ...speech!,
    documents: speech!.documents.map((one) => one.heldOut ? { ...one, text: `${one.text}!` } : one),
  };
  const other = new EnglishCorpus({ seed: 1, contextLength: 24, sources: [tale!, changed] });
  assert.notEqual(tiny.digest(3), other.digest(3));
});

Deno.test("a body of text that is too short is refused by its description", () => {
  assert.throws(() => new EnglishCorpus({ seed: 1, contextLength: 499, sources: tinySources }), {
    name: "RangeError",
    message: "the held-out text of a tale of the sea has 203 characters, and a sequence needs 500",
  });
});
