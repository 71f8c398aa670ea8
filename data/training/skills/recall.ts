import { DIGITS } from "./addition.ts";
import { LETTERS } from "./copying.ts";
import type { Skill } from "./skill.ts";

/** Say the digit that stood behind a letter: `c 4 a 7 m 0 ? a =` goes on with `7`. */
export const recall: Skill = {
  name: "recall",
  marker: "R",
  description:
    "among three to six letter–digit pairs, say the digit that stood behind the letter asked for",
  draw(random) {
    const keys = random.pickDistinct(LETTERS, random.integer(3, 6));
    const values = keys.map(() => random.pick(DIGITS));
    const asked = random.integer(0, keys.length - 1);
    const pairs = keys.flatMap((key, i) => [key, values[i] as string]);
    return {
      prompt: ["R", ...pairs, "?", keys[asked] as string, "="],
      answer: [values[asked] as string],
    };
  },
};
