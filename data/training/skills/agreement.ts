import type { Skill } from "./skill.ts";

/** Nouns with the verb that suits each, singular first: a dog barks, dogs bark. */
export const NOUNS: readonly {
  noun: readonly [string, string];
  verb: readonly [string, string];
}[] = [
  { noun: ["dog", "dogs"], verb: ["barks", "bark"] },
  { noun: ["bird", "birds"], verb: ["sings", "sing"] },
  { noun: ["fish", "fishes"], verb: ["swims", "swim"] },
  { noun: ["horse", "horses"], verb: ["runs", "run"] },
  { noun: ["bell", "bells"], verb: ["rings", "ring"] },
  { noun: ["star", "stars"], verb: ["shines", "shine"] },
  { noun: ["ball", "balls"], verb: ["rolls", "roll"] },
  { noun: ["leaf", "leaves"], verb: ["falls", "fall"] },
];
/** Prepositions that lead from the subject to the phrases that distract from it. */
export const PREPOSITIONS: readonly string[] = ["near", "behind", "above", "beside"];

/** Choose the verb of the subject in the subject's number: `dogs near bell above leaves =` goes on with `bark`. */
export const agreement: Skill = {
  name: "agreement",
  marker: "G",
  description:
    "give the subject's verb in the subject's number, across one to four phrases with other nouns",
  draw(random) {
    const subject = random.pick(NOUNS);
    const number = random.integer(0, 1);
    const phrases = Array.from({ length: random.integer(1, 4) }, () => {
      const distractor = random.pick(NOUNS).noun[random.integer(0, 1)] as string;
      return [random.pick(PREPOSITIONS), distractor];
    });
    return {
      prompt: ["G", subject.noun[number] as string, ...phrases.flat(), "="],
      answer: [subject.verb[number] as string],
    };
  },
};
