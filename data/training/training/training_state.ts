import { join } from "node:path";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { openLocalFile } from "../../../lib/checkpoints/local_file.ts";
import { openSafetensors } from "../../../lib/checkpoints/safetensors_file.ts";
import type { Weights } from "../../../lib/checkpoints/weights.ts";
import { writeSafetensors } from "../../../lib/checkpoints/write_safetensors.ts";
import { ifThere } from "../../../lib/files/list_files.ts";
import { plainName } from "../../../lib/files/plain_name.ts";
import { parseJson } from "../../../lib/files/parse_json.ts";
import { writeWholeFile } from "../../../lib/files/write_whole_file.ts";
import type { Parameter, Parameters } from "../model/parameters.ts";
import { type Moments, zeroMoments } from "./adamw.ts";
import type { Schedule } from "./schedule.ts";
import { writing } from "../../../lib/files/system_fault.ts";
import { readText } from "../../../lib/files/read_file.ts";
import type { Scores } from "./scores.ts";

/** One row of `scores.csv`: a number for every column. */
export type ScoreRow = Readonly<Record<string, number>>;

/** A stretch of training without interruption, for the model card. */
export interface TrainingSession {
  /** Commit of this repository that the session ran. */
  readonly commit: string;
  /** Steps made when the session began. */
  readonly from: number;
  /** Wall time so far, in seconds. */
  seconds: number;
}

/** All that is needed to go on as if nothing had happened. */
export interface TrainingState {
  /** Optimizer steps made. */
  step: number;
  /** The weights, as the optimizer left them. */
  readonly parameters: Parameters;
  /** The optimizer's running means. */
  readonly moments: Moments;
  /** Scores of the checkpoints saved so far. */
  readonly scores: ScoreRow[];
  /** Stretches of training so far, the present one last. */
  readonly sessions: TrainingSession[];
}

/** What `state.json` holds; the arrays lie in the file it names, so that both change in one rename. */
interface StoredState extends Pick<TrainingState, "step" | "scores" | "sessions"> {
  readonly recipe: Schedule;
  readonly arrays: string;
}

/**
 * The state before the first step.
 *
 * @param suite Folder of the trained models, one of which a recipe may go on from.
 * @throws {Error} If that checkpoint can't be read, or isn't of the recipe's sizes.
 */
export async function initialState(trainee: Trainee, suite: string): Promise<TrainingState> {
  const { start } = trainee.recipe;
  const parameters = start
    ? await loadCheckpoint(
      join(suite, start.model, `step${start.step}`, "model.safetensors"),
      trainee,
    )
    : trainee.initialParameters();
  const moments = zeroMoments(parameters);
  return { step: start?.step ?? 0, parameters, moments, scores: [], sessions: [] };
}

async function loadCheckpoint(path: string, trainee: Trainee): Promise<Parameters> {
  const file = await openSafetensors(openLocalFile(path));
  return await readParameters(file, "", trainee);
}

/** Every parameter of a model from tensors whose names have a prefix. */
async function readParameters(
  file: Weights,
  prefix: string,
  trainee: Trainee,
): Promise<Map<string, Parameter>> {
  const parameters = new Map<string, Parameter>();
  for (const [name, { shape, values }] of trainee.initialParameters()) {
    const stored = decodeValues(await file.read(prefix + name));
    if (stored.length !== values.length) {
      throw new Error(
        `${prefix}${name} has ${stored.length} values, and ${trainee.recipe.model} needs ${values.length}`,
      );
    }
    parameters.set(name, { shape, values: Float32Array.from(stored) });
  }
  return parameters;
}

/** Save a state in `folder`; the one saved before stays until the new one is whole. */
export async function saveState(
  folder: string,
  recipe: Schedule,
  state: TrainingState,
): Promise<void> {
  await writing(folder, () => Deno.mkdir(folder, { recursive: true }));
  const arrays = `step${state.step}.safetensors`;
  const { first, second } = state.moments;
  const tensors = [...state.parameters].flatMap(([name, { shape, values }]) =>
    ([["parameter", values], ["first", first.get(name)!], ["second", second.get(name)!]] as const)
      .map(([kind, array]) => ({
        name: `${kind}/${name}`,
        dtype: "F32" as const,
        shape,
        bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
      }))
  );
  await writeSafetensors(join(folder, arrays), tensors);
  const { step, scores, sessions } = state;
  const stored: StoredState = { recipe, arrays, step, scores, sessions };
  await writeWholeFile(join(folder, "state.json"), JSON.stringify(stored));
  for await (const entry of Deno.readDir(folder)) {
    if (entry.name !== arrays && entry.name !== "state.json") {
      await Deno.remove(join(folder, entry.name));
    }
  }
}

/**
 * Load the state saved in `folder`, or `null` where there is none.
 *
 * @throws {Error} If it was saved by another recipe.
 */
export async function loadState(folder: string, trainee: Trainee): Promise<TrainingState | null> {
  const { recipe } = trainee;
  const path = join(folder, "state.json");
  const text = await ifThere(readText(path));
  if (text === null) return null;
  const stored = parseJson(text) as StoredState;
  if (JSON.stringify(stored.recipe) !== JSON.stringify(recipe)) {
    throw new Error(
      `${path} belongs to another recipe for ${recipe.model}; remove ${folder} to start again, or restore that recipe`,
    );
  }
  const arrays = plainName(stored.arrays, `the file of arrays in ${path},`);
  const file = await openSafetensors(openLocalFile(join(folder, arrays)));
  const array = async (kind: string) =>
    new Map(
      [...await readParameters(file, `${kind}/`, trainee)].map((
        [name, { values }],
      ) => [name, values]),
    );
  const parameters = await readParameters(file, "parameter/", trainee);
  const moments = { first: await array("first"), second: await array("second") };
  const { step, scores, sessions } = stored;
  return { step, parameters, moments, scores, sessions };
}

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
