import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../lib/suite/model/backend.ts";
import { IMAGE_SKILLS } from "../../../lib/suite/vision/image_skills.ts";
import type { ImageNetwork } from "../../../lib/suite/vision/image_network.ts";
import { ImageSet } from "../../../lib/suite/vision/image_set.ts";
import { scoreImages } from "../../../lib/suite/vision/score_images.ts";

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
