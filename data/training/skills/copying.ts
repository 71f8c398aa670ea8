import type { Skill } from "./skill.ts";

/** The letters of the language. */
export const LETTERS: readonly string[] = [..."abcdefghijklmnop"];

/** Repeat a string of letters: `d a f b =` goes on with `d a f b`. */
export const copying: Skill = {
  name: "copying",
  marker: "C",
  description: "repeat four to ten letters in the same order",
  draw(random) {
    const letters = Array.from({ length: random.integer(4, 10) }, () => random.pick(LETTERS));
    return { prompt: ["C", ...letters, "="], answer: letters };
  },
};
