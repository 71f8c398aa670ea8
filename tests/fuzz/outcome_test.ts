import assert from "node:assert/strict";
import { outcomeOfError, outcomeOfValue } from "./outcome.ts";

const rules = { names: /run\.json/ };
const classOf = (error: unknown) => outcomeOfError(error, rules).is;

Deno.test("a sentence that names the file is one", () => {
  assert.equal(classOf(new Error('a/run.json: options is "undefined", not an object')), "sentence");
  assert.equal(
    classOf(new Error("a/run.json is no JSON, perhaps cut short; get it again")),
    "sentence",
  );
});

Deno.test("what the engine or the system says is none", () => {
  for (
    const text of [
      "Cannot read properties of undefined (reading 'x')",
      "x is not iterable",
      "Invalid array length",
      "run.json: options is [object Object]",
      "run.json: step is undefined",
      "unreachable",
    ]
  ) assert.equal(classOf(new TypeError(text)), "internal", text);
  assert.equal(classOf(new URIError("run.json: URI malformed")), "internal");
  assert.equal(classOf("run.json"), "internal");
  assert.equal(classOf(new Error("run.json: File name too long (os error 36)")), "raw");
});

Deno.test("a sentence is short, names the file, and steers no terminal", () => {
  assert.equal(classOf(new Error("options is missing; write it again")), "unnamed");
  assert.equal(classOf(new Error(`run.json ${"x".repeat(1000)}`)), "long");
  assert.equal(classOf(new Error("run.json holds \u001b[31m; write it again")), "control");
  assert.equal(classOf(new Error("run.json holds \u202e; write it again")), "control");
});

Deno.test("a permission that is missing, also as a cause, is a place outside", () => {
  const denied = new Deno.errors.NotCapable("Requires write access");
  assert.equal(classOf(denied), "outside");
  assert.equal(classOf(new Error("run.json cannot be written", { cause: denied })), "outside");
});

Deno.test("a number is finite, or has a status that says why it is none", () => {
  assert.equal(outcomeOfValue([{ E: NaN, status: "no node selected" }, null, "NaN"]).is, "value");
  assert.equal(outcomeOfValue([{ E: NaN, status: "ok" }]).message, "value.0.E is NaN");
  assert.equal(outcomeOfValue({ E: Infinity, status: "none" }).is, "bad number");
  assert.equal(outcomeOfValue(new Map([["a", { shape: [NaN] }]])).is, "bad number");
});
