import assert from "node:assert/strict";
import type { Canvas } from "../../../../data/training/vision/canvas.ts";
import { stripes } from "../../../../data/training/vision/skills/stripes.ts";
import { drawPictures } from "./draw_pictures.ts";

/** The angle of the steepest direction in degrees, between -90 and 90, x to the right and y downwards. */
function steepest(canvas: Canvas): number {
  let [xx, xy, yy] = [0, 0, 0];
  for (let y = 1; y < 15; y++) {
    for (let x = 1; x < 15; x++) {
      const at = (dx: number, dy: number) => canvas[(y + dy) * 16 + x + dx]!;
      const [gx, gy] = [at(1, 0) - at(-1, 0), at(0, 1) - at(0, -1)];
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
    }
  }
  return Math.atan2(2 * xy, xx - yy) / 2 * 180 / Math.PI;
}

Deno.test("stripes: ink changes fastest across the direction that the answer names", () => {
  // Falling stripes go down to the right, so the way across them goes up to the right.
  const across = { upright: 0, falling: -45, level: -90, rising: 45 };
  for (const { answer, canvas } of drawPictures(stripes)) {
    const expected = across[stripes.answers[answer] as keyof typeof across];
    const off = Math.abs(steepest(canvas) - expected) % 180;
    assert.ok(Math.min(off, 180 - off) < 14, `${stripes.answers[answer]}: ${off}`);
  }
});
