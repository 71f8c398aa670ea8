import assert from "node:assert/strict";
import { modelsNamed } from "../../notebooks/class/models_named.ts";

const models = ["nano-32", "nano-32-nodecay", "nano-64", "nano-64-english", "nano-cnn"];

Deno.test("models are named whole, and a longer name is not the shorter one", () => {
  assert.deepEqual(modelsNamed([`openRun("suite:nano-64")`], models), ["nano-64"]);
  assert.deepEqual(modelsNamed([`["nano-64-english", "nano-cnn"]`], models), [
    ...["nano-64-english", "nano-cnn"],
  ]);
  assert.deepEqual(modelsNamed(["nothing is read", "nano-7"], models), []);
});

Deno.test("a name that is put together takes all models that begin so", () => {
  const source = "for (const size of ['nano-32']) openRun(`suite:${size}${suffix}`);";
  assert.deepEqual(modelsNamed([source], models), ["nano-32", "nano-32-nodecay"]);
});

Deno.test("a notebook that lists all models has all", () => {
  assert.deepEqual(modelsNamed(["await suiteModels()"], models), models);
});
