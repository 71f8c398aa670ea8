import assert from "node:assert/strict";
import type { NeuronLayer } from "../../../lib/architectures/architecture.ts";
import { chosenNames } from "../../../lib/runs/units/plan_run.ts";

const layers = [0, 1].flatMap((block): NeuronLayer[] =>
  ["block input", "query, key, value", "output"].map((role) => (
    { name: `block ${block} ${role}`, block, role, size: 4, learned: true }
  ))
);

Deno.test("chosenNames() puts names together that were taken apart at their commas", () => {
  assert.deepEqual(chosenNames(["block input", "query", "key", "value"], layers), [
    "block input",
    "query, key, value",
  ]);
  assert.deepEqual(chosenNames(["block 1 query", "key", "value", "block 0 output"], layers), [
    "block 1 query, key, value",
    "block 0 output",
  ]);
});

Deno.test("chosenNames() refuses a name that no layer has, with the nearest", () => {
  assert.throws(() => chosenNames(["block input", "inputs"], layers), /"inputs"; did you mean/);
  // Nothing leaves the last layer.
  assert.throws(() => chosenNames(["block 1 output"], layers), /"block 1 output"; did you mean/);
});
