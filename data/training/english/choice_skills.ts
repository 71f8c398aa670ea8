import { articles } from "./skills/articles.ts";
import { capitals } from "./skills/capitals.ts";
import type { ChoiceSkill } from "./skills/choice.ts";
import { parentheses } from "./skills/parentheses.ts";
import { quotations } from "./skills/quotations.ts";

/** The skills of English that choices between two continuations show, in the order of the columns of `scores.csv`. */
export const CHOICE_SKILLS: readonly ChoiceSkill[] = [capitals, articles, quotations, parentheses];
