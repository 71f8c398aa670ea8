import assert from "node:assert/strict";
import * as v from "valibot";
import { checkedJson } from "../../lib/schemas/checked_value.ts";
import { checkedValue } from "../../lib/schemas/checked_value.ts";
import { lawful, positive, sha256, some, texts, wholeNumber } from "../../lib/schemas/pieces.ts";
import { throwsError } from "../helpers/throws_error.ts";

const schema = v.strictObject({
  threshold: v.union([positive, v.strictObject({ medians: positive })]),
  only: v.exactOptional(some(v.string())),
  kind: v.picklist(["x", "y"]),
  size: wholeNumber(1, 9),
  digest: sha256,
  on: v.boolean(),
  words: texts,
});
const good = {
  threshold: 1,
  kind: "x",
  size: 3,
  digest: "0".repeat(64),
  on: true,
  words: { a: "b" },
};

Deno.test("a value that is as it should be is given back itself", () => {
  const value = { ...good, threshold: { medians: 2 }, only: ["a"] };
  assert.equal(checkedValue(value, schema, "f", "do"), value);
});

Deno.test("what is wrong is said by file, key and value, and what to do", async () => {
  const cases: [value: unknown, what: string][] = [
    [null, "its value is null, not an object"],
    [5, "its value is 5, not an object"],
    [[], "its value is [], not an object"],
    [{}, "threshold is missing"],
    [
      { ...good, threshold: "a" },
      'threshold is "a", not a number or an object',
    ],
    [{ ...good, threshold: -1 }, "threshold is -1, not a number above 0"],
    [{ ...good, threshold: Infinity }, "threshold is Infinity, not a finite number"],
    [{ ...good, threshold: { medians: "a" } }, 'threshold.medians is "a", not a number'],
    [{ ...good, threshold: {} }, "threshold.medians is missing"],
    [{ ...good, only: [] }, "only is [], not a list with at least one entry"],
    [{ ...good, only: {} }, "only is {…}, not a list"],
    [{ ...good, only: ["a", 1] }, "only[1] is 1, not a text"],
    [{ ...good, kind: [1] }, 'kind is [1], not "x" or "y"'],
    [{ ...good, size: 1.5 }, "size is 1.5, not a whole number from 1 to 9"],
    [{ ...good, size: null }, "size is null, not a whole number from 1 to 9"],
    [{ ...good, digest: "x" }, 'digest is "x", not a SHA-256 of 64 hexadecimal digits'],
    [{ ...good, on: "true" }, 'on is "true", not true or false'],
    [{ ...good, words: { "a b": 1 } }, 'words["a b"] is 1, not a text'],
    [{ ...good, words: [] }, "words is [], not an object"],
    [{ ...good, "\u001b[2J": 1 }, '["\\u001b[2J"] is unknown'],
    [
      { ...good, kind: "\u001b[2J".repeat(1e5) },
      `kind is ${'"' + "\\u001b[2J".repeat(20)}…", not "x" or "y"`,
    ],
  ];
  for (const [value, what] of cases) {
    await assert.rejects(
      async () => await checkedValue(value, schema, "a/run.json", "analyze again"),
      { name: "Error", message: `a/run.json: ${what}; analyze again` },
    );
  }
});

Deno.test("a function's own message stands as it is, after the key", async () => {
  const even = lawful(wholeNumber(0), (value) => {
    if (value % 2 === 1) throw new RangeError(`${value} is odd`);
  });
  await throwsError(
    () => checkedValue({ n: 3 }, v.object({ n: even }), "f", "do"),
    /^f: n: 3 is odd; do$/,
  );
  await throwsError(
    () => checkedValue({ n: "3" }, v.object({ n: even }), "f", "do"),
    /^f: n is "3", not a whole number from 0; do$/,
  );
});

Deno.test("what is no JSON is said to be none, without the parser's own words", async () => {
  assert.equal(checkedJson("5", v.number(), "f", "do"), 5);
  for (const text of ["", "{", "\u0000", "nul"]) {
    await throwsError(
      () => checkedJson(text, v.number(), "f", "do"),
      /^f is no JSON, perhaps cut short or damaged; do$/,
    );
  }
});

Deno.test("a value that is nested deeper than any stack is refused like another", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  await throwsError(
    () => checkedJson(deep, schema, "f", "do"),
    /^f nests more than 64 lists and objects in one another; do$/,
  );
});

Deno.test("a key that reads like a value is quoted", async () => {
  const strict = v.strictObject({ a: v.strictObject({}) });
  for (const key of ["NaN", "Infinity"]) {
    await throwsError(
      () => checkedValue({ a: { [key]: 1 } }, strict, "f", "do"),
      new RegExp(`^f: a\\["${key}"\\] is unknown; do$`),
    );
  }
});
