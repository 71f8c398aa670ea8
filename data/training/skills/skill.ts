import type { RandomStream } from "../random_stream.ts";

/** One line of the synthetic language: what is given, and the only right way to go on. Entries are symbols. */
export interface SkillItem {
  /** Symbols given to the model, from the marker that names the skill to the symbol that asks for the answer. */
  readonly prompt: readonly string[];
  /** Symbols that answer it; the line ends after them. */
  readonly answer: readonly string[];
}

/** Something a model of the suite can learn: a kind of line in which the prompt decides the answer. */
export interface Skill {
  /** The skill's name in tables and figures. */
  readonly name: string;
  /** The symbol every line of this skill starts with. */
  readonly marker: string;
  /** What the model has to do, in one sentence. */
  readonly description: string;
  /** Draw one line. */
  draw(random: RandomStream): SkillItem;
}
