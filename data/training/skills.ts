import { addition } from "./skills/addition.ts";
import { agreement } from "./skills/agreement.ts";
import { brackets } from "./skills/brackets.ts";
import { copying } from "./skills/copying.ts";
import { recall } from "./skills/recall.ts";
import type { Skill } from "./skills/skill.ts";
import { sorting } from "./skills/sorting.ts";

/** The six skills of the synthetic language, in the order of the columns of `scores.csv`. */
export const SKILLS: readonly Skill[] = [brackets, copying, sorting, recall, addition, agreement];
