import assert from "node:assert/strict";
import { wrapText } from "../../../lib/figures/render/wrap_text.ts";

Deno.test("a line takes as many words as fit", () => {
  // 55 pixels at size 10 hold ten letters of 5.5 pixels.
  assert.deepEqual(wrapText("one two three four", 55, 10), ["one two", "three four"]);
});

Deno.test("a word wider than the line stands alone and whole", () => {
  assert.deepEqual(wrapText("a heterogeneity b", 55, 10), ["a", "heterogeneity", "b"]);
});

Deno.test("white space of any kind is one space and no text has no line", () => {
  assert.deepEqual(wrapText("  a\n\t b ", 55, 10), ["a b"]);
  assert.deepEqual(wrapText(" ", 55, 10), []);
});

Deno.test("a percent sign stays with its number", () => {
  assert.deepEqual(wrapText("bands: 95 % of it", 55, 10), ["bands:", "95 % of it"]);
});
