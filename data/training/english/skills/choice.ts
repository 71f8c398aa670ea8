import type { RandomStream } from "../../random_stream.ts";

/** A place in a text at which the model has to choose how it goes on. */
export interface Choice {
  /** What stands before. */
  readonly context: string;
  /** How the text goes on. */
  readonly right: string;
  /** How it doesn't. */
  readonly wrong: string;
}

/** A choice among others of its skill. */
export interface ChoiceSite extends Choice {
  /** Which of the skill's two answers is right here. */
  readonly answer: "first" | "second";
  /** What must be as frequent with one answer as with the other, e.g. the character before, so that it gives nothing away. */
  readonly match: string;
}

/** Something of English that a choice between two continuations shows; who always gives the same answer is right in half. */
export interface ChoiceSkill {
  /** The skill's name in tables and figures. */
  readonly name: string;
  /** What the model has to do, in one sentence. */
  readonly description: string;
  /** Characters of context and continuation that the model reads. */
  readonly contextLength: number;
  /** Every place of a text that asks for it. */
  sites(text: string): Iterable<ChoiceSite>;
}

/** The part of a text before a place that a model can read. */
export function contextAt(text: string, index: number, contextLength: number): string {
  return text.slice(Math.max(0, index - contextLength), index);
}

/**
 * As many sites of either answer, drawn at random: each of one answer has a partner of the other with the same
 * {@linkcode ChoiceSite.match}.
 *
 * @param random Decides which are drawn.
 * @param sites All sites.
 * @param limit Largest number of choices, an even one.
 */
export function balancedChoices(
  random: RandomStream,
  sites: Iterable<ChoiceSite>,
  limit: number,
): Choice[] {
  const pairs = [...Map.groupBy(sites, ({ match }) => match).values()].flatMap((group) => {
    const [first, second] = (["first", "second"] as const).map((answer) => {
      const own = group.filter((site) => site.answer === answer);
      return random.pickDistinct(own, own.length);
    }) as [ChoiceSite[], ChoiceSite[]];
    return Array.from(
      { length: Math.min(first.length, second.length) },
      (_, i) => [first[i]!, second[i]!],
    );
  });
  return random.pickDistinct(pairs, Math.min(pairs.length, limit / 2)).flat();
}
