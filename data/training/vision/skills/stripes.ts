import { paint } from "../canvas.ts";
import type { ImageSkill } from "./image_skill.ts";

/** Which way stripes of any width and phase run. */
export const stripes: ImageSkill = {
  name: "stripes",
  description: "say which way stripes run, whatever their width and place",
  answers: ["upright", "falling", "level", "rising"],
  draw(random, answer) {
    const angle = (answer * 45 + random.uniform(-8, 8)) * Math.PI / 180;
    const [across, down] = [Math.cos(angle), -Math.sin(angle)];
    const period = random.uniform(3.5, 7);
    const phase = random.uniform(0, 2 * Math.PI);
    return paint((x, y) =>
      (1 + Math.cos(2 * Math.PI * (x * across + y * down) / period + phase)) / 2
    );
  },
};
