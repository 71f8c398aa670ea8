import type { Skill } from "./skill.ts";

/** The ten digits. */
export const DIGITS: readonly string[] = [..."0123456789"];

/** The digits of a number below 1,000 in a field of `width` places. */
function places(value: number, width: number): string[] {
  return [...String(value).padStart(width, "0")];
}

/** Add two two-digit numbers, units first so that the carry travels with the writing: `3 7 + 4 8 =` goes on with `5 8 0`. */
export const addition: Skill = {
  name: "addition",
  marker: "A",
  description: "add two two-digit numbers and write the sum in three digits, units first",
  draw(random) {
    const [first, second] = [random.integer(0, 99), random.integer(0, 99)];
    return {
      prompt: ["A", ...places(first, 2), "+", ...places(second, 2), "="],
      answer: places(first + second, 3).reverse(),
    };
  },
};
