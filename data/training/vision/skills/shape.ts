import { line, paint } from "../canvas.ts";
import type { ImageSkill } from "./image_skill.ts";

/** Distance of a point from an outline, the point seen from the outline's middle and `r` its size. */
const outlines: readonly ((x: number, y: number, r: number) => number)[] = [
  (x, y, r) => Math.hypot(x, y) - r,
  (x, y, r) => Math.max(Math.abs(x), Math.abs(y)) - 0.9 * r,
  (x, y, r) => Math.max(Math.abs(x) * 0.87 - y * 0.5, y) - 0.55 * r,
  (x, y, r) => Math.max(Math.min(Math.abs(x), Math.abs(y)), Math.hypot(x, y) - r),
];

/** What an outline is, wherever it lies and however large. */
export const shape: ImageSkill = {
  name: "shape",
  description: "name an outline of any size and place: circle, square, triangle or cross",
  answers: ["circle", "square", "triangle", "cross"],
  draw(random, answer) {
    const size = random.uniform(3.5, 5.5);
    const [x, y] = [random.uniform(-2, 2), random.uniform(-2, 2)];
    return paint((px, py) => line(outlines[answer]!(px - 8 - x, py - 8 - y, size)));
  },
};
