import assert from "node:assert/strict";
import { line, paint } from "../../../data/training/vision/canvas.ts";

Deno.test("a canvas is painted row by row from the top, at the pixels' centres", () => {
  const canvas = paint((x, y) => x + 100 * y);
  assert.equal(canvas.length, 256);
  assert.deepEqual([0, 1, 15, 16, 255].map((i) => canvas[i]), [50.5, 51.5, 65.5, 150.5, 1565.5]);
});

Deno.test("a line has full ink within half a pixel of its middle and none beyond one and a half", () => {
  assert.deepEqual([-2, -1.5, -1, -0.5, 0, 0.5, 1.25, 3].map(line), [0, 0, 0.5, 1, 1, 1, 0.25, 0]);
});
