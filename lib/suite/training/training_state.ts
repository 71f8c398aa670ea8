import { join } from "node:path";
import { decodeValues } from "../../checkpoints/decode_values.ts";
import { openLocalFile } from "../../checkpoints/local_file.ts";
import { openSafetensors } from "../../checkpoints/safetensors_file.ts";
import { writeSafetensors } from "../../checkpoints/write_safetensors.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { initialParameters, type Parameter, type Parameters } from "../model/parameters.ts";
import { type Moments, zeroMoments } from "./adamw.ts";
import type { Recipe } from "./recipe.ts";

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
  readonly recipe: Recipe;
  readonly arrays: string;
}

/** The state before the first step. */
export function initialState(recipe: Recipe): TrainingState {
  const parameters = initialParameters(recipe.config, recipe.seed);
  return { step: 0, parameters, moments: zeroMoments(parameters), scores: [], sessions: [] };
}

/** Save a state in `folder`; the one saved before stays until the new one is whole. */
export async function saveState(
  folder: string,
  recipe: Recipe,
  state: TrainingState,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
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
export async function loadState(folder: string, recipe: Recipe): Promise<TrainingState | null> {
  const path = join(folder, "state.json");
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (text === null) return null;
  const stored = JSON.parse(text) as StoredState;
  if (JSON.stringify(stored.recipe) !== JSON.stringify(recipe)) {
    throw new Error(
      `${path} belongs to another recipe for ${recipe.model}; remove ${folder} to start again, or restore that recipe`,
    );
  }
  const file = await openSafetensors(await openLocalFile(join(folder, stored.arrays)));
  const array = async (kind: string, name: string) =>
    Float32Array.from(decodeValues(await file.read(`${kind}/${name}`)));
  const start = initialState(recipe);
  const parameters = new Map<string, Parameter>();
  const first = new Map<string, Float32Array>();
  const second = new Map<string, Float32Array>();
  for (const [name, { shape }] of start.parameters) {
    parameters.set(name, { shape, values: await array("parameter", name) });
    first.set(name, await array("first", name));
    second.set(name, await array("second", name));
  }
  const { step, scores, sessions } = stored;
  return { step, parameters, moments: { first, second }, scores, sessions };
}
