import { RandomStream } from "../../../data/training/random_stream.ts";
import type { Skill } from "../../../data/training/skills/skill.ts";

/** Items drawn in each test of a skill. */
const DRAWS = 3000;

/** Many lines of a skill as text, symbols separated by blanks. */
export function drawMany(skill: Skill): { prompt: string; answer: string }[] {
  const random = new RandomStream(11, "test of", skill.name);
  return Array.from({ length: DRAWS }, () => {
    const { prompt, answer } = skill.draw(random);
    return { prompt: prompt.join(" "), answer: answer.join(" ") };
  });
}

/** The different values that `of` takes, sorted as text. */
export function distinct<T>(items: readonly T[], of: (item: T) => string | number): string[] {
  return [...new Set(items.map((item) => String(of(item))))].sort();
}
