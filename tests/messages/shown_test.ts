import assert from "node:assert/strict";
import { printableLines, shown, someNames } from "../../lib/messages/shown.ts";

Deno.test("values are shown as they would be written, nested ones without their inside", () => {
  assert.equal(shown("F99"), '"F99"');
  assert.equal(shown([8, -1, "x", [1], { a: 1 }]), '[8, -1, "x", […], {…}]');
  assert.equal(shown(null), "null");
  assert.equal(shown(undefined), "nothing");
  assert.equal(shown("\u001b[2J\n"), '"\\u001b[2J\\n"');
  assert.equal(shown("\u009b2J\u007f\u202e"), '"�2J��"');
  assert.equal(shown({ deep: [] }), "{…}");
});

Deno.test("a value of any size is shown in few characters", () => {
  assert.equal(shown("a".repeat(1e6)), `"${"a".repeat(80)}…"`);
  assert.equal(shown(new Array(1e6).fill(7)), "[7, 7, 7, 7, 7, 7, 7, 7, …]");
  let deep: unknown = 1;
  for (let i = 0; i < 1e5; i++) deep = [deep];
  assert.equal(shown(deep), "[[…]]");
});

Deno.test("of many names the first ten are shown and the others counted", () => {
  const names = Array.from({ length: 12 }, (_, i) => `t${i}`);
  assert.equal(someNames(names), "t0, t1, t2, t3, t4, t5, t6, t7, t8, t9 and 2 more");
  assert.equal(someNames(["a\u001b[2J\n", "b".repeat(1e5)]), `a�[2J�, ${"b".repeat(80)}…`);
  assert.equal(someNames([]), "nothing");
});

Deno.test("a message of several lines keeps them, and nothing else that steers a terminal", () => {
  assert.equal(printableLines("a\u001b[31m\nb\r\n"), "a�[31m\nb�\n");
});
