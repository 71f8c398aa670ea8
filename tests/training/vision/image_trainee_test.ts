import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { suiteScores } from "../../../lib/scores/suite_scores.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { train } from "../../../data/training/training/train.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { tinyImageTrainees } from "./tiny_images.ts";
import * as tf from "@tensorflow/tfjs";
import { IMAGE_SKILLS } from "../../../data/training/vision/image_skills.ts";
import type { ImageNetwork } from "../../../data/training/vision/image_network.ts";
import { ImageSet } from "../../../data/training/vision/image_set.ts";
import { scoreImages } from "../../../data/training/vision/image_trainee.ts";

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

await startBackend();

/** A network that gives every image the same logits. */
function always(logits: number[]): ImageNetwork {
  return {
    ...{ description: "", start: "", config: {}, layout: [] },
    forward: (_, images) => tf.tile(tf.tensor2d([logits]), [images.shape[0], 1]),
  };
}

const zeros = new Array<number>(20).fill(0);
const set = new ImageSet(1);

Deno.test("a model that always gives one answer is right in a quarter of its skill's images and no others", () => {
  const { skills } = scoreImages(always(zeros.with(9, 4)), new Map(), set);
  assert.deepEqual([...skills.keys()], IMAGE_SKILLS.map(({ name }) => name));
  const values = [...skills.values()].map(({ value }) => value);
  assert.deepEqual(values, [0, 0, 0.25, 0, 0]);
  const { stderr } = skills.get("shape")!;
  assert.ok(Math.abs(stderr - Math.sqrt(0.25 * 0.75 / 255)) < 1e-12);
});

Deno.test("the loss of one that knows nothing is ln 20, with no scatter", () => {
  const { heldOutLoss } = scoreImages(always(zeros), new Map(), set);
  assert.ok(Math.abs(heldOutLoss.value - Math.log(20)) < 1e-6);
  assert.ok(heldOutLoss.stderr < 1e-9);
});
