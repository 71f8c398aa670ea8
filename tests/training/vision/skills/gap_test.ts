import assert from "node:assert/strict";
import type { Canvas } from "../../../../data/training/vision/canvas.ts";
import { gap } from "../../../../data/training/vision/skills/gap.ts";
import { drawPictures } from "./draw_pictures.ts";

/** The angles, in degrees clockwise from the right, at which a ring around its best centre has least ink. */
function openAngles(canvas: Canvas): number[] {
  const at = (x: number, y: number) => canvas[Math.floor(y) * 16 + Math.floor(x)] ?? 0;
  let best = { spread: Infinity, x: 0, y: 0, radius: 0 };
  for (let x = 6; x <= 10; x += 0.25) {
    for (let y = 6; y <= 10; y += 0.25) {
      let [sum, first, second] = [0, 0, 0];
      canvas.forEach((ink, i) => {
        const distance = Math.hypot(i % 16 + 0.5 - x, Math.floor(i / 16) + 0.5 - y);
        sum += ink;
        first += ink * distance;
        second += ink * distance ** 2;
      });
      const radius = first / sum;
      const spread = second / sum - radius ** 2;
      if (spread < best.spread) best = { spread, x, y, radius };
    }
  }
  return Array.from({ length: 72 }, (_, i) => 5 * i).filter((degrees) => {
    const angle = degrees * Math.PI / 180;
    const [x, y] = [best.x + best.radius * Math.cos(angle), best.y + best.radius * Math.sin(angle)];
    return at(x, y) < 0.3;
  });
}

Deno.test("gap: a ring is open for about 57 degrees, around the side that the answer names", () => {
  for (const { answer, canvas } of drawPictures(gap)) {
    const open = openAngles(canvas);
    assert.ok(5 * open.length >= 30 && 5 * open.length <= 85, `${open}`);
    const off = open.map((degrees) => (degrees - 90 * answer + 540) % 360 - 180);
    assert.ok(off.every((degrees) => Math.abs(degrees) < 60), `${gap.answers[answer]}: ${off}`);
  }
});
