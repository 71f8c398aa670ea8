import { paint } from "../canvas.ts";
import type { ImageSkill } from "./image_skill.ts";

/** In which quarter of the image a blurred spot lies. */
export const place: ImageSkill = {
  name: "place",
  description: "say in which quarter of the image a blurred spot lies",
  answers: ["top left", "top right", "bottom left", "bottom right"],
  draw(random, answer) {
    const centre = (far: boolean) => (far ? 11.5 : 4.5) + random.uniform(-2, 2);
    const [x, y] = [centre(answer % 2 === 1), centre(answer > 1)];
    const breadth = random.uniform(1.2, 2);
    return paint((px, py) => Math.exp(-((px - x) ** 2 + (py - y) ** 2) / (2 * breadth ** 2)));
  },
};
