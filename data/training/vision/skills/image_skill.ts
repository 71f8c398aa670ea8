import type { RandomStream } from "../../random_stream.ts";
import type { Canvas } from "../canvas.ts";

/** Something that an image model of the suite can learn: telling four kinds of picture apart. */
export interface ImageSkill {
  /** The skill's name in tables and figures. */
  readonly name: string;
  /** What the model has to do, in one sentence. */
  readonly description: string;
  /** Names of its four answers. */
  readonly answers: readonly [string, string, string, string];
  /** Draw a picture of one answer, 0 to 3, in ink between 0 and 1. */
  draw(random: RandomStream, answer: number): Canvas;
}
