import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { suiteScores } from "../../../lib/benchmarks/suite_scores.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { startBackend } from "../../../lib/suite/model/backend.ts";
import { train } from "../../../lib/suite/training/train.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { tinyImageTrainees } from "./tiny_images.ts";

await startBackend();

const made = { commit: "abc123", command: "deno task train" };

async function digests(out: string, model: string): Promise<string[]> {
  const files = [0, 1, 4].map((step) => join(out, model, `step${step}`, "model.safetensors"));
  return await Promise.all(
    [...files, join(out, model, "scores.csv")].map(async (path) =>
      createHash("sha256").update(await Deno.readFile(path)).digest("hex")
    ),
  );
}

for (const trainee of tinyImageTrainees) {
  const { model } = trainee.recipe;

  Deno.test(`${model}: gradients are the slopes of the loss`, () => {
    const parameters = trainee.initialParameters();
    const { gradients } = trainee.lossAndGradients(parameters, 0);
    const lossAt = () => trainee.lossAndGradients(parameters, 0).loss;
    for (const [name, { values }] of parameters) {
      // The largest of each tensor: single precision has few digits for the others.
      const gradient = gradients[name]!;
      const place = gradient.reduce(
        (best, g, i) => Math.abs(g) > Math.abs(gradient[best]!) ? i : best,
        0,
      );
      const [kept, by] = [values[place]!, 5e-3];
      values[place] = kept + by;
      const above = lossAt();
      values[place] = kept - by;
      const slope = (above - lossAt()) / (2 * by);
      values[place] = kept;
      assert.ok(
        Math.abs(slope - gradient[place]!) < 0.05 * Math.abs(slope) + 2e-3,
        `${name}: ${slope} ${gradient[place]}`,
      );
    }
  });

  Deno.test(`${model}: a stopped training ends with the bytes of one that was not, and opens as a run`, () =>
    withFolder(async (folder) => {
      const [whole, parted] = [join(folder, "whole"), join(folder, "parted")];
      await train(trainee, { out: whole, ...made });
      const onCheckpoint = ({ step }: Readonly<Record<string, number>>) => {
        if (step === 1) throw new Error("stopped");
      };
      const stopped = train(trainee, { out: parted, ...made, onCheckpoint });
      await assert.rejects(stopped, { message: "stopped" });
      await train(trainee, { out: parted, ...made });
      assert.deepEqual(await digests(parted, model), await digests(whole, model));

      const run = await openRun(join(whole, model));
      assert.deepEqual(run.steps, [0, 1, 4]);
      const { family } = detectArchitecture(await run.checkpoint(4));
      assert.equal(family, model === "tiny-cnn" ? "resnet" : "mlp");
      const metrics = new Set((await suiteScores(run)).map(({ metric }) => metric));
      assert.deepEqual([...metrics], [
        ...["held_out_loss", "place", "stripes", "shape", "gap", "counting"],
      ]);
      const card = await Deno.readTextFile(join(whole, model, "README.md"));
      assert.match(card, new RegExp(`^# ${model}$`, "m"));
      assert.doesNotMatch(card, /undefined|NaN|null/);
    }));
}
