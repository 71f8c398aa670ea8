import { join } from "node:path";
import { exists } from "../../../lib/files/list_files.ts";
import { writeWholeFile } from "../../../lib/files/write_whole_file.ts";
import { startBackend } from "../model/backend.ts";
import type { Parameters } from "../model/parameters.ts";
import { adamwStep } from "./adamw.ts";
import {
  initialState,
  loadState,
  saveState,
  type ScoreRow,
  type Trainee,
  type TrainingSession,
} from "./training_state.ts";
import { formatCsv } from "../../../lib/files/csv.ts";
import type { Scores } from "./scores.ts";
import { writing } from "../../../lib/files/system_fault.ts";
import { writeSafetensors } from "../../../lib/checkpoints/write_safetensors.ts";

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

/** A row of `scores.csv`: step, held-out loss and every skill, each followed by its standard error. */
export function scoreRow(step: number, { heldOutLoss, skills }: Scores): ScoreRow {
  const row: Record<string, number> = { step };
  for (const [name, { value, stderr }] of [["held_out_loss", heldOutLoss] as const, ...skills]) {
    row[name] = value;
    row[`${name}_stderr`] = stderr;
  }
  return row;
}

/** Rows as `scores.csv`. */
export function scoreTable(rows: readonly ScoreRow[]): string {
  return formatCsv(Object.keys(rows[0] ?? {}), rows);
}

/** Parameters as they will be after a trip through half precision, which is how checkpoints store them. */
export function inHalfPrecision(parameters: Parameters): Parameters {
  return new Map(
    [...parameters].map(([name, { shape, values }]) => [
      name,
      { shape, values: Float32Array.from(new Float16Array(values)) },
    ]),
  );
}

/** Write `step<N>/config.json` and `step<N>/model.safetensors` (half precision) under a model's folder. */
export async function saveCheckpoint(
  folder: string,
  config: Readonly<Record<string, unknown>>,
  step: number,
  parameters: Parameters,
): Promise<void> {
  const target = join(folder, `step${step}`);
  await writing(target, () => Deno.mkdir(target, { recursive: true }));
  const tensors = [...parameters].map(([name, { shape, values }]) => ({
    name,
    dtype: "F16" as const,
    shape,
    bytes: new Uint8Array(new Float16Array(values).buffer),
  }));
  await writeSafetensors(join(target, "model.safetensors"), tensors);
  await writeWholeFile(join(target, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
}
