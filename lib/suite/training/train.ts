import { join } from "node:path";
import { exists } from "../../files/exists.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { startBackend } from "../model/backend.ts";
import type { Parameters } from "../model/parameters.ts";
import { adamwStep } from "./adamw.ts";
import { inHalfPrecision, saveCheckpoint } from "./save_checkpoint.ts";
import { scoreRow, scoreTable } from "./score_table.ts";
import type { Trainee } from "./trainee.ts";
import { initialState, loadState, saveState, type TrainingSession } from "./training_state.ts";

/** Steps between two saves of the state that a killed run goes on from. */
const STEPS_BETWEEN_SAVES = 64;

/** How {@linkcode train} runs, none of which changes what comes out. */
export interface TrainOptions {
  /** Folder that holds one folder a model, e.g. `data/suite`. */
  readonly out: string;
  /** Commit of this repository, for the model card. */
  readonly commit: string;
  /** The command being run, for the model card. */
  readonly command: string;
  /** Called after every step with the steps made and the loss of the batch in nats. */
  readonly onStep?: (step: number, loss: number) => void;
  /** Called with the table's row when a checkpoint is saved and scored. */
  readonly onCheckpoint?: (row: Readonly<Record<string, number>>) => void;
}

/**
 * Train a model of the suite, keeping and scoring its checkpoints under `<out>/<model>/`; a run that was
 * stopped goes on where its state was last saved, and ends with the same bytes as one that was not.
 *
 * @throws {Error} If the folder holds a finished model, or a state of another recipe, or the checkpoint that the recipe
 * goes on from isn't under `out`.
 */
export async function train(trainee: Trainee, options: TrainOptions): Promise<void> {
  const { recipe } = trainee;
  const folder = join(options.out, recipe.model);
  const resume = join(folder, ".resume");
  const card = join(folder, "README.md");
  const saved = await loadState(resume, trainee);
  // The card is written last, so a state beside it belongs to a run that is over.
  if (await exists(saved === null ? join(folder, "scores.csv") : card)) {
    throw new Error(
      `${folder} already holds a trained model; give another --out, or remove it to train again`,
    );
  }
  await startBackend();
  const state = saved ?? await initialState(trainee, options.out);
  // Before anything else is written: a run stopped at its first checkpoint must not pass for a finished one.
  if (saved === null) await saveState(resume, recipe, state);
  const started = performance.now();
  const session: TrainingSession = { commit: options.commit, from: state.step, seconds: 0 };
  state.sessions.push(session);

  const keep = async (step: number, weights: Parameters) => {
    if (state.scores.some((row) => row.step === step)) return;
    const parameters = inHalfPrecision(weights);
    await saveCheckpoint(folder, trainee.config, step, parameters);
    state.scores.push(scoreRow(step, trainee.score(parameters)));
    await writeWholeFile(join(folder, "scores.csv"), scoreTable(state.scores));
    options.onCheckpoint?.(state.scores.at(-1)!);
  };
  const saveIfDue = async () => {
    const { step } = state;
    const isCheckpoint = recipe.checkpointSteps.includes(step);
    if (isCheckpoint) await keep(step, state.parameters);
    if (step % STEPS_BETWEEN_SAVES === 0 || isCheckpoint) {
      session.seconds = (performance.now() - started) / 1000;
      await saveState(resume, recipe, state);
    }
  };

  // What goes on from a trained model is measured from the untrained one all the same.
  if (recipe.start) await keep(0, trainee.initialParameters());
  await saveIfDue();
  while (state.step < recipe.steps) {
    const { loss, gradients } = trainee.lossAndGradients(state.parameters, state.step);
    state.step++;
    const made = state.step - (recipe.start?.step ?? 0);
    adamwStep(recipe, made, state.parameters, state.moments, gradients);
    options.onStep?.(state.step, loss);
    await saveIfDue();
  }
  await writeWholeFile(card, trainee.card(state, options.command));
}
