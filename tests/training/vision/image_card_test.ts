import assert from "node:assert/strict";
import { imageCard } from "../../../data/training/vision/image_card.ts";
import { IMAGE_SKILLS } from "../../../data/training/vision/image_skills.ts";
import { perceptron } from "../../../data/training/vision/perceptron.ts";
import { tinyImageRecipe, tinyImageTrainees } from "./tiny_images.ts";

const row = { step: 4, held_out_loss: 2.5, held_out_loss_stderr: 0.01234 };
const scores = IMAGE_SKILLS.map(({ name }, i) => ({ [name]: i / 10, [`${name}_stderr`]: 0.02 }));
const state = {
  step: 4,
  parameters: tinyImageTrainees[1].initialParameters(),
  moments: { first: new Map(), second: new Map() },
  scores: [{ ...row, step: 0 }, Object.assign({}, row, ...scores)],
  sessions: [{ commit: "abc123", from: 0, seconds: 90 }],
};
const card = imageCard(tinyImageRecipe, perceptron([16, 12]), state, "c0ffee", "deno task train");

Deno.test("the card of an image model says how it was made and how large it is", () => {
  assert.equal(256 * 16 + 16 + 16 * 12 + 12 + 12 * 20 + 20, 4576);
  assert.match(card, /with 4,576 parameters/);
  assert.match(card, /kept at 2 steps/);
  assert.match(card, /^\| architecture \| multilayer perceptron 256 → 16 → 12 → 20 with/m);
  assert.match(card, /^\| data \| 8 images of 16 × 16 grey pixels a step, 20 classes/m);
  assert.match(card, /^\| seed \| 5 \|\n\| commit \| abc123 \|\n\| data digest .* \| c0ffee \|$/m);
  assert.match(card, /1\.5 min in 1 session/);
});

Deno.test("the card gives the last scores with their errors", () => {
  assert.match(card, /2\.5000 ± 0\.0123 nats an image/);
  assert.ok(card.endsWith(
    "| place | stripes | shape | gap | counting |\n| --- | --- | --- | --- | --- |\n" +
      "| 0.0 ± 2.0 | 10.0 ± 2.0 | 20.0 ± 2.0 | 30.0 ± 2.0 | 40.0 ± 2.0 |\n",
  ));
});
