import assert from "node:assert/strict";
import type { Checkpoint } from "../../lib/checkpoints/checkpoint.ts";
import { RelatedSteps } from "../../lib/networks/related_steps.ts";
import { normals } from "../golden/seeded_normals.ts";
import { memoryCheckpoint } from "../helpers/memory_checkpoint.ts";

const shapes = { a: [32, 40], b: [40, 32], small: [4, 4] };
const requests = Object.keys(shapes).map((name) => ({ name }));
const run = { model: "toy", source: "runs/toy" };

/** Weights of which a share is that of one training's beginning, and the rest another's own. */
function trained(kept: number, seed: string, mean = 0): Checkpoint {
  const checkpoint = memoryCheckpoint(shapes, "F64", null, (values, name) => {
    const start = normals(`start ${name}`, values.length);
    const own = normals(`${seed} ${name}`, values.length);
    values.forEach((_, i) => values[i] = kept * start[i]! + own[i]! + mean);
  });
  return { ...checkpoint, parts: [Object.keys(shapes)] };
}

async function compared(...checkpoints: readonly Checkpoint[]) {
  const related = new RelatedSteps(run);
  for (const [i, checkpoint] of checkpoints.entries()) {
    await related.add(10 * i, checkpoint, requests);
  }
}

Deno.test("weights of another training stop the run with both steps, also where all weights share a mean", async () => {
  const message =
    "Error: the weights of steps 10 and 20 of toy do not correlate at all in runs/toy, " +
    "so that they seem to be of two trainings; leave the steps of one of them out, or go on with " +
    "allowUnrelated (--allow_unrelated)";
  for (const mean of [0, 5]) {
    const steps = [trained(1, "x", mean), trained(1, "y", mean), trained(0, "z", mean)];
    await assert.rejects(compared(...steps), (error) => String(error) === message);
  }
});

Deno.test("a cosine of 0.2 with the step before is enough, and so is one matrix", async () => {
  await compared(trained(1, "x"), trained(0.3, "y"));
  const other = trained(0, "y"), first = trained(1, "x");
  const frozen: Checkpoint = {
    ...other,
    read: (name, rows) => (name === "b" ? first : other).read(name, rows),
  };
  await compared(first, frozen);
});

Deno.test("a step tells nothing if its weights are few, all alike, or from no file", async () => {
  const constant = memoryCheckpoint(shapes, "F64", null, (values) => values.fill(0.1));
  await compared(trained(1, "x"), { ...constant, parts: [] });
  const { parts: _, ...made } = trained(0, "y");
  await compared(trained(1, "x"), made);
  const related = new RelatedSteps(run);
  for (const [step, of] of [[0, trained(1, "x")], [10, trained(0, "y")]] as const) {
    await related.add(step, of, [{ name: "small" }]);
  }
});

Deno.test("other rows of a matrix are not compared with each other", async () => {
  const related = new RelatedSteps(run), name = "a";
  await related.add(0, trained(1, "x"), [{ name, rows: [{ start: 0, end: 31 }] }]);
  await related.add(10, trained(0, "y"), [{ name, rows: [{ start: 1, end: 32 }] }]);
});
