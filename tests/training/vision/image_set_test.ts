import assert from "node:assert/strict";
import { ImageSet, NOISE } from "../../../data/training/vision/image_set.ts";

const set = new ImageSet(3);

Deno.test("an image depends on the seed and its index alone", () => {
  assert.deepEqual(new ImageSet(3).trainingImage(7), set.trainingImage(7));
  const others = [set.trainingImage(8), new ImageSet(4).trainingImage(7), set.heldOutImage(0, 7)];
  for (const { pixels } of others) assert.notDeepEqual(pixels, set.trainingImage(7).pixels);
});

Deno.test("all twenty classes are drawn about equally often in training", () => {
  const counts = new Array<number>(20).fill(0);
  for (let i = 0; i < 2000; i++) counts[set.trainingImage(i).label]!++;
  for (const count of counts) assert.ok(count > 65 && count < 135, `${counts}`);
});

Deno.test("held-out images of a skill have its four answers in turn", () => {
  const labels = Array.from({ length: 8 }, (_, i) => set.heldOutImage(2, i).label);
  assert.deepEqual(labels, [8, 9, 10, 11, 8, 9, 10, 11]);
});

Deno.test("noise of the stated deviation lies on every pixel", () => {
  // Far from a spot in the top left there is nothing else.
  const corner = Array.from({ length: 200 }, (_, i) => set.heldOutImage(0, 4 * i).pixels[255]!);
  const deviation = Math.sqrt(corner.reduce((sum, value) => sum + value ** 2, 0) / corner.length);
  assert.ok(Math.abs(deviation - NOISE) < 0.05, `${deviation}`);
});

Deno.test("the digest depends on the seed and on how many images were trained on", () => {
  const digests = [set.digest(3), set.digest(4), new ImageSet(4).digest(3)];
  assert.equal(new Set(digests).size, 3);
  assert.equal(digests[0], new ImageSet(3).digest(3));
  assert.match(digests[0]!, /^[0-9a-f]{64}$/);
});
