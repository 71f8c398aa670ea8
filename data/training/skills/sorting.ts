import { DIGITS } from "./addition.ts";
import type { Skill } from "./skill.ts";

/** Put digits in ascending order: `5 1 9 1 =` goes on with `1 1 5 9`. */
export const sorting: Skill = {
  name: "sorting",
  marker: "S",
  description: "put four to eight digits in ascending order",
  draw(random) {
    const digits = Array.from({ length: random.integer(4, 8) }, () => random.pick(DIGITS));
    return { prompt: ["S", ...digits, "="], answer: [...digits].sort() };
  },
};
