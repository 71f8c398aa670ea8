import assert from "node:assert/strict";
import { join } from "node:path";
import type { RandomStream } from "../../data/training/random_stream.ts";
import { type Format, oneFile } from "./format.ts";
import { fuzz } from "./fuzz.ts";
import { resultLines } from "./result_lines.ts";
import { FUZZ_PERMISSIONS, testFormats, withPlace } from "./test_formats.ts";

// `deno task test-long` tries more, and `deno task fuzz --count 100000` more still.
testFormats(1000, false);

/** A format whose files are numbers, and which is opened as told. */
function toy(open: (text: string, folder: string) => unknown): Format {
  return {
    name: "toy",
    names: /toy/,
    mutators: [function count(_, random: RandomStream) {
      return new TextEncoder().encode(String(random.integer(0, 3)));
    }],
    start: () => ({
      seeds: [oneFile("toy.txt", "0")],
      open: (files, folder) => open(new TextDecoder().decode(files.get("toy.txt")), folder),
    }),
  };
}

Deno.test({
  name: "fuzz() counts classes, keeps one failure a kind, and tells how to repeat it",
  permissions: FUZZ_PERMISSIONS,
}, () =>
  withPlace(async (folder) => {
    const keep = join(folder, "kept");
    const format = toy((text) => {
      if (text === "1") throw new Error("toy.txt holds 1; make it another number");
      if (text === "2") throw new TypeError("x is not a function");
      return text === "3" ? { status: "ok", E: NaN } : [0];
    });
    const [result] = await fuzz([format], { count: 60, seed: 7, folder, keep });
    const { counts, failures } = result!;
    assert.equal(counts.value + counts.sentence + counts.internal + counts["bad number"], 60);
    assert.ok(Math.min(counts.value, counts.sentence, counts.internal, counts["bad number"]) > 3);
    assert.deepEqual(failures.map(({ outcome }) => outcome.message).sort(), [
      "TypeError: x is not a function",
      "value.E is NaN",
    ]);
    const { seed, changes } = failures[0]!;
    assert.match(
      resultLines([result!]).join("\n"),
      new RegExp(`--only toy --seed ${seed} --count 1`),
    );
    assert.equal(changes.at(-1), "count in toy.txt");
    assert.match(await Deno.readTextFile(join(keep, `toy-${seed}`, "toy.txt")), /^[23]$/);
    const [again] = await fuzz([format], { count: 1, seed, folder });
    assert.deepEqual(again!.failures[0]!.changes, changes);
  }));

Deno.test(
  { name: "fuzz() finds what is written outside an input's folder", permissions: FUZZ_PERMISSIONS },
  () =>
    withPlace(async (folder) => {
      const beside = toy((_, inside) => Deno.writeTextFile(join(inside, "..", "x"), ""));
      const [near] = await fuzz([beside], { count: 2, seed: 1, folder });
      assert.equal(near!.failures[0]!.outcome.message, "x was written outside the folder");
      const far = toy((_, inside) => Deno.writeTextFile(join(inside, "../../../../../../x"), ""));
      const [denied] = await fuzz([far], { count: 2, seed: 1, folder });
      assert.equal(denied!.counts.outside, 2);
    }),
);
