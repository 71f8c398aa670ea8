import { line, paint } from "../canvas.ts";
import type { ImageSkill } from "./image_skill.ts";

/** Half of the angle that is open. */
const HALF_GAP = 0.5;

/** On which side a ring is open. */
export const gap: ImageSkill = {
  name: "gap",
  description: "say on which side a ring of any size and place is open",
  answers: ["right", "bottom", "left", "top"],
  draw(random, answer) {
    const radius = random.uniform(3.5, 5.5);
    const [x, y] = [random.uniform(-2, 2), random.uniform(-2, 2)];
    const open = answer * Math.PI / 2 + random.uniform(-0.2, 0.2);
    return paint((px, py) => {
      const [dx, dy] = [px - 8 - x, py - 8 - y];
      const away = Math.atan2(dy, dx) - open;
      return Math.cos(away) > Math.cos(HALF_GAP) ? 0 : line(Math.hypot(dx, dy) - radius);
    });
  },
};
