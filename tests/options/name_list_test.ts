import assert from "node:assert/strict";
import { MEASURE } from "../../lib/cli/commands.ts";
import { parseFlags } from "../../lib/cli/parse_flags.ts";
import { nameList } from "../../lib/options/name_list.ts";

Deno.test("nameList() parts names at commas and expands braces as a shell does", () => {
  assert.deepEqual(nameList("suite:nano-64, /my model"), ["suite:nano-64", "/my model"]);
  assert.deepEqual(nameList("hf:a/b-{70m,1.4b}{,-deduped},c"), [
    ...["hf:a/b-70m", "hf:a/b-70m-deduped", "hf:a/b-1.4b", "hf:a/b-1.4b-deduped", "c"],
  ]);
  assert.deepEqual(nameList("seed{1..3}"), ["seed1", "seed2", "seed3"]);
});

Deno.test("nameList() leaves alone what is no list in braces, and is not led into endless ones", () => {
  assert.deepEqual(nameList("a{b"), ["a{b"]);
  assert.deepEqual(nameList("C:\\models\\.mine,b"), ["C:\\models\\.mine", "b"]);
  assert.ok(nameList("a{1..100000000}").length <= 1000);
});

Deno.test("--models takes names in braces", () => {
  const line = parseFlags(MEASURE, ["--models", "hf:o/p-{1b,2.8b}", "suite:nano-64"]);
  assert.ok(line !== "help");
  assert.deepEqual(line.values.models, ["hf:o/p-1b", "hf:o/p-2.8b", "suite:nano-64"]);
});
