import assert from "node:assert/strict";
import { MEASURE } from "../../lib/cli/commands.ts";
import { parseFlags } from "../../lib/cli/parse_flags.ts";
import { OPTIONS } from "../../lib/options/options.ts";
import { checkOption } from "../../lib/options/read_options.ts";
import { stepParts, stepsNamed } from "../../lib/options/step_words.ts";

Deno.test("stepParts() reads lists, ranges with a stride, and names", () => {
  assert.deepEqual(stepParts("0, 8-64,1000-143000:10000,log:12,paper,all"), [
    { kind: "step", step: 0 },
    { kind: "range", first: 8, last: 64, stride: 1, word: "8-64" },
    { kind: "range", first: 1000, last: 143_000, stride: 10_000, word: "1000-143000:10000" },
    { kind: "log", count: 12 },
    { kind: "named", name: "paper" },
    { kind: "all" },
  ]);
});

Deno.test("stepsNamed() leaves out what ranges and names mean", () => {
  assert.deepEqual(stepsNamed([0, 8]), [0, 8]);
  assert.deepEqual(stepsNamed("0,published,8,1000-3000"), [0, 8]);
});

Deno.test("the option steps says which word it cannot read", () => {
  const read = (value: unknown) => () => checkOption("steps", OPTIONS.steps, value);
  assert.equal(read("0,log:12")(), "0,log:12");
  assert.throws(read("0,often"), {
    name: "RangeError",
    message: /^steps must be whole numbers .*, but it is "often"$/,
  });
  assert.throws(read("log:1"), {
    name: "RangeError",
    message: /^steps must have two or more after log:, but it is "log:1"$/,
  });
  assert.throws(read("64-8"), {
    name: "RangeError",
    message: /^steps must end no earlier than it begins, but it is "64-8"$/,
  });
  assert.throws(read("0-8:0"), {
    name: "RangeError",
    message: /^steps must have a stride of 1 or more, but it is "0-8:0"$/,
  });
  assert.throws(read("0,"), {
    name: "RangeError",
    message: /^steps must be whole numbers .*, but it is ""$/,
  });
  assert.throws(
    read([0, 1.5]),
    {
      name: "RangeError",
      message: /^steps must be a list of whole numbers .*, but it is \[0, 1\.5\]$/,
    },
  );
});

Deno.test("--steps takes numbers as a list and words as they are", () => {
  const steps = (...words: string[]) => {
    const line = parseFlags(MEASURE, ["--steps", ...words]);
    return line === "help" ? null : line.given.steps;
  };
  assert.deepEqual(steps("0,8", "64"), [0, 8, 64]);
  assert.deepEqual(steps("published"), "published");
  assert.deepEqual(steps("0,512", "1000-143000:10000"), "0,512,1000-143000:10000");
});
