import assert from "node:assert/strict";
import type { Checkpoint, CheckpointRun } from "../../../lib/checkpoints/checkpoint.ts";
import { RelatedSteps } from "../../../lib/networks/related_steps.ts";
import type { Unit, UnitChoices } from "../../../lib/runs/units/unit.ts";
import { RunSource } from "../../../lib/runs/units/unit_source.ts";
import { normals } from "../../golden/seeded_normals.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";
import { throwsError } from "../../helpers/throws_error.ts";

/** A perceptron that is far away; each step of `seeds` has weights of its own. */
function farRun(seeds: readonly string[]): CheckpointRun {
  const shapes = { "layers.0.weight": [40, 32], "layers.1.weight": [32, 40] };
  const checkpoints = seeds.map((seed, step): Checkpoint => ({
    ...memoryCheckpoint(shapes, "F64", null, (values, name) => {
      values.set(normals(`${seed} ${name}`, values.length));
    }),
    ...{ step, parts: [Object.keys(shapes)], prefetch: () => Promise.resolve() },
  }));
  return {
    ...{ model: "far", source: "hf:a/far", steps: seeds.map((_, step) => step) },
    checkpoint: (step) => Promise.resolve(checkpoints[step]!),
  };
}

const full: UnitChoices = { sampling: null, layers: null, spectrum: null, nodes: null };
const units = (step: number): Unit[] =>
  [0, 1].map((index) => ({
    ...{ step, sha256: "", nullModel: null },
    part: { kind: "layer", index, weights: 1280 },
  }));

Deno.test("full networks of steps of two trainings are refused once they are brought", async () => {
  const same = farRun(["x", "x"]), mixed = farRun(["x", "y"]);
  for (
    const [run, fault] of [[same, null], [mixed, /steps 0 and 1 of far do not correlate/]] as const
  ) {
    const source = new RunSource(run, new RelatedSteps(run));
    await source.bring(units(0), full);
    if (fault === null) await source.bring(units(1), full);
    else await throwsError(() => source.bring(units(1), full), fault);
  }
  const allowed = new RunSource(mixed);
  for (const step of mixed.steps) assert.equal(await allowed.bring(units(step), full), undefined);
});
