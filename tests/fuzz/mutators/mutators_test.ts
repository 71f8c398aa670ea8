import assert from "node:assert/strict";
import { RandomStream } from "../../../data/training/random_stream.ts";
import { byteMutators, spliced } from "./byte_mutators.ts";
import { jsonMutators } from "./json_mutators.ts";
import type { Mutator } from "./mutator.ts";
import { tableMutators } from "./table_mutators.ts";

const json = JSON.stringify({ model: "toy", steps: [0, 512], options: { q: 3, only: null } });
const table = "step,E\n0,0\n512,0.25\n";

/** What a mutator makes of a text, several times. */
function results(mutator: Mutator, text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const made = Array.from(
    { length: 500 },
    (_, seed) => new TextDecoder().decode(mutator(bytes, new RandomStream(seed))),
  );
  assert.equal(new TextDecoder().decode(bytes), text, `${mutator.name} changed its input`);
  return made;
}

Deno.test("every mutator changes a file, leaves the original, and repeats itself", () => {
  for (
    const [mutators, text] of [
      [byteMutators, json],
      [jsonMutators, json],
      [tableMutators, table],
    ] as const
  ) {
    for (const mutator of mutators) {
      const made = results(mutator, text);
      assert.ok(made.some((other) => other !== text), mutator.name);
      assert.deepEqual(results(mutator, text), made, mutator.name);
      assert.notEqual(mutator.name, "");
      // Nothing at all is a file too.
      mutator(new Uint8Array(), new RandomStream(1));
    }
  }
});

Deno.test("mutators of JSON mostly make JSON, with keys and values that upset readers", () => {
  const made = jsonMutators.flatMap((mutator) => results(mutator, json));
  const parsed = made.filter((text) => {
    try {
      return JSON.parse(text) !== undefined;
    } catch {
      return false;
    }
  });
  assert.ok(parsed.length > 0.7 * made.length);
  for (const telling of ['"__proto__"', "null", "{}", "[]", "1e999", "../../x", "yyyyyyyy"]) {
    assert.ok(parsed.some((text) => text.includes(telling)), telling);
  }
});

Deno.test("spliced() puts a part in place of bytes, at the end too", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  assert.deepEqual([...spliced(bytes, 1, 1, Uint8Array.of(9, 9))], [1, 9, 9, 3]);
  assert.deepEqual([...spliced(bytes, 3, 5, Uint8Array.of(4))], [1, 2, 3, 4]);
});
