import assert from "node:assert/strict";
import { shape } from "../../../../data/training/vision/skills/shape.ts";
import { boxOf, drawPictures, inked, type InkedPixel } from "./draw_pictures.ts";

/** Name a shape by where its box has ink: in the middle, in all corners, or in the lower corners only. */
function nameOf(pixels: readonly InkedPixel[]): string {
  const { left, right, top, bottom, x, y } = boxOf(pixels);
  const near = (cx: number, cy: number) =>
    pixels.some((pixel) => Math.max(Math.abs(pixel.x - cx), Math.abs(pixel.y - cy)) < 0.75);
  if (near(x, y)) return "cross";
  const [lower, upper] = [bottom, top].map((edge) => near(left, edge) && near(right, edge));
  return upper ? "square" : lower ? "triangle" : "circle";
}

Deno.test("shape: the outline is the one that the answer names", () => {
  const wrong = drawPictures(shape).filter(({ answer, canvas }) =>
    nameOf(inked(canvas)) !== shape.answers[answer]
  );
  // Some small ones are read otherwise, their line being two pixels wide; guessing would get 300 wrong.
  assert.ok(wrong.length < 40, `${wrong.length} of 400`);
});
