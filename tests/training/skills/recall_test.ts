import assert from "node:assert/strict";
import { recall } from "../../../data/training/skills/recall.ts";
import { distinct, drawMany } from "./draw_many.ts";

const items = drawMany(recall).map(({ prompt, answer }) => {
  const [, pairs, asked] = /^R ((?:[a-p] \d ){3,6})\? ([a-p]) =$/.exec(prompt) ??
    assert.fail(prompt);
  const keys = pairs!.replace(/[^a-p]/g, "");
  return { pairs: pairs!, keys, asked: asked!, answer };
});

Deno.test("the answer is the digit behind the letter asked for, which stands there once", () => {
  for (const { pairs, keys, asked, answer } of items) {
    assert.match(answer, /^\d$/);
    assert.equal(new Set(keys).size, keys.length, pairs);
    assert.ok(pairs.includes(`${asked} ${answer} `), `${pairs}? ${asked} = ${answer}`);
  }
});

Deno.test("three to six pairs are given, and each of them can be asked for", () => {
  assert.deepEqual(
    distinct(items, ({ keys, asked }) => `${keys.indexOf(asked) + 1} of ${keys.length}`),
    [3, 4, 5, 6].flatMap((count) => Array.from({ length: count }, (_, i) => `${i + 1} of ${count}`))
      .sort(),
  );
});

Deno.test("all letters are asked for and all digits answered", () => {
  assert.equal(distinct(items, ({ asked }) => asked).join(""), "abcdefghijklmnop");
  assert.equal(distinct(items, ({ answer }) => answer).join(""), "0123456789");
});
