import assert from "node:assert/strict";
import { encodeText } from "../../../data/training/english/characters.ts";
import {
  type EnglishSource,
  englishSources,
} from "../../../data/training/english/english_documents.ts";

const [novel, speeches] = englishSources() as [EnglishSource, EnglishSource];

Deno.test("the novel is its chapters and epilogue in order, every fifth chapter held out", () => {
  assert.deepEqual(novel.documents.map(({ name }) => name), [
    ...Array.from({ length: 135 }, (_, i) => `chapter ${i + 1}`),
    "epilogue",
  ]);
  assert.ok(novel.documents[0]!.text.startsWith("Call me Ishmael. Some years ago--never mind how"));
  assert.deepEqual(
    novel.documents.filter(({ heldOut }) => heldOut).map(({ name }) => name),
    Array.from({ length: 27 }, (_, i) => `chapter ${5 * (i + 1)}`),
  );
});

Deno.test("the speeches are those of 1790 to 2021, those of every fifth year held out", () => {
  const { documents, description } = speeches;
  assert.equal(documents.length, 233);
  assert.match(description, /233 speeches from 1790 to 2021$/);
  for (const { name, heldOut } of documents) assert.equal(heldOut, /^\d{3}[05] /.test(name), name);
  assert.deepEqual(
    documents.filter(({ heldOut }) => heldOut).slice(0, 3).map(({ name }) => name),
    ["1790 George Washington", "1795 George Washington", "1800 John Adams"],
  );
});

Deno.test("every document is long, in plain characters, and there once", () => {
  for (const { documents } of [novel, speeches]) {
    const texts = new Set<string>();
    for (const { name, text } of documents) {
      assert.ok(text.length > 200, name);
      encodeText(text);
      texts.add(text);
    }
    assert.equal(texts.size, documents.length);
  }
});

Deno.test("no paragraph of the novel's held-out chapters is in another chapter", () => {
  const paragraphs = (heldOut: boolean) =>
    novel.documents.filter((one) => one.heldOut === heldOut)
      .flatMap(({ text }) => text.split("\n\n")).filter(({ length }) => length > 60);
  const trained = new Set(paragraphs(false));
  assert.ok(trained.size > 1000);
  assert.deepEqual(paragraphs(true).filter((paragraph) => trained.has(paragraph)), []);
});
