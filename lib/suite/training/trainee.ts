import type { Parameters } from "../model/parameters.ts";
import type { Scores } from "./scores.ts";
import type { Schedule } from "./schedule.ts";
import type { TrainingState } from "./training_state.ts";

/** A model to be trained: all that the training loop needs to know of it, whatever it reads. */
export interface Trainee {
  /** Everything that decides its training; kept with the state, which no other recipe may go on from. */
  readonly recipe: Schedule;
  /** The `config.json` of its checkpoints. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The untrained model. */
  initialParameters(): Parameters;
  /** Loss in nats of the batch of one step, the first being 0, and the gradient of every parameter by name. */
  lossAndGradients(
    parameters: Parameters,
    step: number,
  ): { loss: number; gradients: Record<string, Float32Array> };
  /** What the model can do. */
  score(parameters: Parameters): Scores;
  /** Its model card after the last step. */
  card(state: TrainingState, command: string): string;
}
