/**
 * Makes the golden checkpoints on the fly, bit for bit, so that megabytes of weights need not be stored.
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { type TensorBytes, writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { normalAt, normals } from "./seeded_normals.ts";

/** The models that can be made. */
export type SyntheticModel = "pythia-14m" | "pythia-70m-deduped";

/** The steps at which each of them exists. */
export const syntheticSteps = [0, 512, 1000, 13000, 73000, 143000] as const;

/** One of {@linkcode syntheticSteps}. */
export type SyntheticStep = (typeof syntheticSteps)[number];

interface ModelRecipe {
  readonly hidden: number;
  readonly layers: number;
  /** First part of every generator key. */
  readonly master: string;
  readonly steps: Readonly<Record<string, StepRecipe>>;
}

interface StepRecipe {
  /** Spread of the log-normal gains of rows and columns: training makes rows unequal. */
  readonly sigma: number;
  /** Strength of the two rank-one parts: training adds structure. */
  readonly amp: number;
  readonly file_sha256: string;
}

const heads: Record<SyntheticModel, number> = { "pythia-14m": 4, "pythia-70m-deduped": 8 };

const recipes: Record<SyntheticModel, ModelRecipe> = JSON.parse(
  Deno.readTextFileSync(new URL("./checkpoints.json", import.meta.url)),
);

let temporary: string | undefined;
const made = new Map<string, Promise<string>>();

/**
 * The path of a folder `step<N>` with `model.safetensors` and `config.json` of a golden model; hidden size
 * 128 for `pythia-14m` (0.06 s), 512 for `pythia-70m-deduped` (1 s). Made and checked against the recorded
 * SHA-256 at the first call, and removed when the process ends.
 */
export function syntheticCheckpoint(model: SyntheticModel, step: SyntheticStep): Promise<string> {
  const folder = join(temporaryFolder(), model, `step${step}`);
  let promise = made.get(folder);
  if (!promise) made.set(folder, promise = make(model, step, folder));
  return promise;
}

/** The path of a folder named after the model that has a `step<N>` for each of the steps, and no others. */
export async function syntheticRun(
  model: SyntheticModel,
  steps: readonly SyntheticStep[],
): Promise<string> {
  const run = join(await Deno.makeTempDir({ dir: temporaryFolder() }), model);
  await Deno.mkdir(run);
  for (const step of steps) {
    const from = await syntheticCheckpoint(model, step);
    const to = join(run, `step${step}`);
    await Deno.mkdir(to);
    for (const file of ["config.json", "model.safetensors"]) {
      await Deno.copyFile(join(from, file), join(to, file));
    }
  }
  return run;
}

/** A function from row and column to one weight of a golden model, without making the whole checkpoint. */
export function syntheticWeight(
  model: SyntheticModel,
  step: SyntheticStep,
  layer: number,
  name: MatrixName,
): (row: number, column: number) => number {
  const recipe = recipes[model];
  const { sigma, amp } = recipe.steps[step]!;
  const [, rowUnits, columnUnits] = matrices.find(([matrix]) => matrix === name)!;
  const key = `${recipe.master}:${layer}.${name}`;
  const weight = weightFormula(
    key,
    rowUnits * recipe.hidden,
    columnUnits * recipe.hidden,
    initialSpread(recipe, name),
    sigma,
    amp,
    normalAt(key),
  );
  return (row, column) => Math.f16round(weight(row, column));
}

async function make(model: SyntheticModel, step: SyntheticStep, folder: string): Promise<string> {
  const recipe = recipes[model];
  const { file_sha256, sigma, amp } = recipe.steps[step]!;
  const path = join(folder, "model.safetensors");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "config.json"), JSON.stringify(config(model)));
  await writeSafetensors(path, tensors(recipe, sigma, amp));
  const digest = createHash("sha256").update(await Deno.readFile(path)).digest("hex");
  if (digest === file_sha256) return folder;
  throw new Error(`${model} step ${step} came out with digest ${digest}, not ${file_sha256}`);
}

function temporaryFolder(): string {
  if (temporary === undefined) {
    const folder = temporary = Deno.makeTempDirSync({ prefix: "neuromfa-golden-" });
    addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  }
  return temporary;
}

function config(model: SyntheticModel) {
  const { hidden, layers } = recipes[model];
  return {
    architectures: ["GPTNeoXForCausalLM"],
    model_type: "gpt_neox",
    hidden_size: hidden,
    intermediate_size: 4 * hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads[model],
    vocab_size: 16,
  };
}

/** Name, rows and columns in units of the hidden size, and whether the initial spread is `small_init`'s. */
const matrices = [
  ["attention.query_key_value", 3, 1, true],
  ["attention.dense", 1, 1, false],
  ["mlp.dense_h_to_4h", 4, 1, true],
  ["mlp.dense_4h_to_h", 1, 4, false],
] as const;

/** A weight matrix's name within its block. */
export type MatrixName = (typeof matrices)[number][0];

function initialSpread({ hidden, layers }: ModelRecipe, matrix: MatrixName): number {
  const small = matrices.find(([name]) => name === matrix)![3];
  return small ? Math.sqrt(2 / (5 * hidden)) : 2 / (layers * Math.sqrt(hidden));
}

function* tensors(recipe: ModelRecipe, sigma: number, amp: number): Generator<TensorBytes> {
  const { hidden, layers, master } = recipe;
  const ones = new Float16Array(hidden).fill(1);
  const zeros = (size: number) => new Float16Array(size);
  const embedding = (name: string) =>
    Float16Array.from(normals(`${master}:${name}`, 16 * hidden), (z) => 0.02 * z);
  yield stored("gpt_neox.embed_in.weight", [16, hidden], embedding("embed_in"));
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `gpt_neox.layers.${layer}.`;
    for (const norm of ["input_layernorm", "post_attention_layernorm"]) {
      yield stored(`${prefix}${norm}.weight`, [hidden], ones);
      yield stored(`${prefix}${norm}.bias`, [hidden], zeros(hidden));
    }
    for (const [name, rowUnits, columnUnits] of matrices) {
      const [rows, columns] = [rowUnits * hidden, columnUnits * hidden];
      const spread = initialSpread(recipe, name);
      const values = matrix(`${master}:${layer}.${name}`, rows, columns, spread, sigma, amp);
      yield stored(`${prefix}${name}.weight`, [rows, columns], values);
      yield stored(`${prefix}${name}.bias`, [rows], zeros(rows));
    }
  }
  yield stored("gpt_neox.final_layer_norm.weight", [hidden], ones);
  yield stored("gpt_neox.final_layer_norm.bias", [hidden], zeros(hidden));
  yield stored("embed_out.weight", [16, hidden], embedding("embed_out"));
}

/** The draws of each matrix, which are the same at every step and take longer than the rest of it. */
const noises = new Map<string, ReturnType<typeof normals>>();

function matrix(
  key: string,
  rows: number,
  columns: number,
  spread: number,
  sigma: number,
  amp: number,
): Float16Array<ArrayBuffer> {
  const noise = noises.getOrInsertComputed(key, () => normals(key, rows * columns));
  const weight = weightFormula(key, rows, columns, spread, sigma, amp, (k) => noise[k]!);
  const values = new Float16Array(rows * columns);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, k++) values[k] = weight(i, j);
  }
  return values;
}

/** A function from row and column to the weight, before it is rounded to f16. */
function weightFormula(
  key: string,
  rows: number,
  columns: number,
  spread: number,
  sigma: number,
  amp: number,
  noise: (index: number) => number,
): (row: number, column: number) => number {
  const rowGains = gains(`${key}:row`, rows, sigma),
    columnGains = gains(`${key}:col`, columns, sigma);
  const u1 = normals(`${key}:u1`, rows), v1 = normals(`${key}:v1`, columns);
  const u2 = normals(`${key}:u2`, rows), v2 = normals(`${key}:v2`, columns);
  const strength = amp * spread;
  return (i, j) => {
    // The order of these operations decides the last bit.
    const weight = spread * noise(i * columns + j) * rowGains[i]! * columnGains[j]!;
    if (amp === 0) return weight;
    return weight + strength * (u1[i]! * v1[j]!) + strength * (u2[i]! * v2[j]!);
  };
}

/** Log-normal factors on a grid of 1/4096, where the last bits of `exp` no longer matter. */
function gains(key: string, count: number, sigma: number): Float64Array {
  if (sigma === 0) return new Float64Array(count).fill(1);
  return normals(key, count).map((z) => Math.floor(Math.exp(sigma * z) * 4096 + 0.5) / 4096);
}

function stored(
  name: string,
  shape: readonly number[],
  values: Float16Array<ArrayBuffer>,
): TensorBytes {
  return { name, dtype: "F16", shape, bytes: new Uint8Array(values.buffer) };
}
