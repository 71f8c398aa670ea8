import assert from "node:assert/strict";
import { namesByStep, stepInName } from "../../lib/checkpoints/names_by_step.ts";

const stepOf = (name: string) => stepInName(name, /^s(\d+)$/);

Deno.test("stepInName() is the number in the form's first group, if it can be counted with", () => {
  assert.equal(stepOf("s12"), 12);
  assert.equal(stepOf("t12"), null);
  assert.equal(stepOf("s99999999999999999999"), null);
});

Deno.test("namesByStep() sorts by step and leaves out names that tell none", () => {
  const names = namesByStep(["s12", "none", "s3"], stepOf, () => assert.fail());
  assert.deepEqual([...names], [[3, "s3"], [12, "s12"]]);
});

Deno.test("namesByStep() refuses two names of one step in the caller's words, the first one first", () => {
  assert.throws(
    () => namesByStep(["s12", "s012"], stepOf, (...clash) => clash.join(" ")),
    new Error("12 s12 s012"),
  );
});
