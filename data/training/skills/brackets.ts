import type { Skill } from "./skill.ts";

/** Opening brackets and, at the same place, those that close them. */
export const OPENING: readonly string[] = ["(", "[", "{", "<"];
/** Closing brackets, at the place of the one that opens. */
export const CLOSING: readonly string[] = [")", "]", "}", ">"];

/** Close every bracket that is still open, the last opened first: `( [ ] { =` goes on with `} )`. */
export const brackets: Skill = {
  name: "brackets",
  marker: "B",
  description: "close every bracket that is still open, the last opened first",
  draw(random) {
    const prompt: string[] = ["B"];
    const open: number[] = [];
    const length = random.integer(4, 10);
    // A walk that never closes what is not open and ends with something left to close.
    while (prompt.length <= length || open.length === 0) {
      if (open.length > 0 && random.integer(0, 9) < 4) {
        prompt.push(CLOSING[open.pop() as number] as string);
      } else {
        const kind = random.integer(0, OPENING.length - 1);
        open.push(kind);
        prompt.push(OPENING[kind] as string);
      }
    }
    return {
      prompt: [...prompt, "="],
      answer: open.reverse().map((kind) => CLOSING[kind] as string),
    };
  },
};
