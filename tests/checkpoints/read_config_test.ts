import assert from "node:assert/strict";
import { repeatedName } from "../../lib/checkpoints/read_config.ts";

Deno.test("a name given twice in one object is found at any depth", () => {
  assert.equal(repeatedName('{"a":1,"b":2,"a":3}'), "a");
  assert.equal(repeatedName('{"a":[{"x":1, "x" : 2}]}'), "x");
  assert.equal(repeatedName('{"\\u0061":1,"a":2}'), "a");
});

Deno.test("equal names in different objects and equal strings as values are no repetition", () => {
  assert.equal(repeatedName('{"a":{"a":"a"},"b":{"a":"a"},"c":["a","a"]}'), null);
  assert.equal(repeatedName('{"a\\"":"}{","a":"\\\\","b":":"}'), null);
  assert.equal(repeatedName("[]"), null);
});
