import assert from "node:assert/strict";
import { counting } from "../../../../data/training/vision/skills/counting.ts";
import { drawPictures, inked, type InkedPixel } from "./draw_pictures.ts";

/** How many parts hang together by their sides. */
function parts(pixels: readonly InkedPixel[]): number {
  const left = new Set(pixels.map(({ x, y }) => `${x},${y}`));
  let count = 0;
  for (const { x, y } of pixels) {
    const wave = [[x, y]];
    if (left.has(`${x},${y}`)) count++;
    for (let next = wave.pop(); next; next = wave.pop()) {
      const [px, py] = next as [number, number];
      if (!left.delete(`${px},${py}`)) continue;
      wave.push([px + 1, py], [px - 1, py], [px, py + 1], [px, py - 1]);
    }
  }
  return count;
}

Deno.test("counting: there are as many separate dots as the answer names", () => {
  for (const { answer, canvas } of drawPictures(counting)) {
    assert.equal(
      ["", "one", "two", "three", "four"][parts(inked(canvas))],
      counting.answers[answer],
    );
  }
});
