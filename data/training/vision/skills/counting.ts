import { paint } from "../canvas.ts";
import type { ImageSkill } from "./image_skill.ts";

/** Least distance of two dots, in pixels. */
const APART = 4.5;

/** How many dots there are. */
export const counting: ImageSkill = {
  name: "counting",
  description: "count one to four dots that don't touch",
  answers: ["one", "two", "three", "four"],
  draw(random, answer) {
    const dots: [number, number][] = [];
    while (dots.length <= answer) {
      const [x, y] = [random.uniform(2, 14), random.uniform(2, 14)];
      if (dots.every(([a, b]) => Math.hypot(x - a, y - b) >= APART)) dots.push([x, y]);
    }
    return paint((x, y) => {
      const nearest = Math.min(...dots.map(([a, b]) => Math.hypot(x - a, y - b)));
      return Math.max(0, Math.min(1, 2 - nearest));
    });
  },
};
