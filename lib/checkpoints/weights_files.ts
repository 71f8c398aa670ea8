/** Which of the files of a checkpoint are its weights, by their names. */

import { someNames } from "../messages/shown.ts";
import { ADAPTER_FILES } from "./adapter_config.ts";
import { halfWritten } from "./half_written.ts";
import { INDEX_ENDING, isShardIndex, weightsFiles } from "./open_weights.ts";
import { CONFIG_FILE } from "./read_config.ts";
import { namedStepOfFile, namesByStep, type StepReader } from "./step_names.ts";

/** The endings of files of weights, the one first that is read where files differ in nothing else. */
export const WEIGHTS_ENDINGS: readonly string[] = [
  ...[".safetensors", ".bin", ".pth.tar", ".pth", ".pt", ".ckpt", ".th"],
  ...[".npz", ".gguf", ".onnx"],
];

/**
 * Endings of files that are weights only where no others are: zip files of stable-baselines3, and
 * TorchScript programs.
 */
const OTHER_ENDINGS: readonly string[] = [".zip", ".jit"];

const ALL_ENDINGS = [...WEIGHTS_ENDINGS, ...OTHER_ENDINGS];

const ENDING = new RegExp(
  `(?:${ALL_ENDINGS.map((ending) => ending.replaceAll(".", "\\.")).join("|")})$`,
);

/** What trainers leave beside weights, in files with the same endings. */
const LEFTOVER =
  /(?:^|[-_.])(?:optimizers?|optim|(?:lr_?)?scheduler|scaler|rng|random_states?|train(?:ing|er)?_(?:args|state)|tokenizer)(?:[-_.\d]|$)/i;

const SHARD = /[-_.]\d+-of-\d+$/;

/** The name of a file of weights without its ending, or `null` where the ending or the whole name is of another kind. */
export function weightsStem(name: string): string | null {
  const stem = name.replace(ENDING, "");
  return stem === name || stem === "" || LEFTOVER.test(stem) ? null : stem;
}

/** Whether there are weights among some names of files. */
export function hasWeights(names: readonly string[]): boolean {
  return names.some((name) => weightsFiles.includes(name)) || candidates(names).length > 0;
}

/**
 * The name of the file to open for the weights, among the files of a checkpoint: a usual one, else the only one that has a
 * known ending, or an index of shards.
 */
export function weightsFileOf(names: readonly string[], source: string): string {
  const usual = weightsFiles.find((name) => names.includes(name));
  if (usual !== undefined) return usual;
  const isOwn = (name: string) => !ADAPTER_FILES.some((file) => file === name);
  const all = candidates(names), own = all.filter(isOwn);
  // An adapter beside other weights is merged into them.
  const found = own.length > 0 ? own : all;
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    throw new Error(
      `${source} has several files that may be its weights: ${
        someNames(found)
      }; name one of them as the ` +
        "checkpoint, or move the others out",
    );
  }
  throw halfWritten(
    `${source} is no checkpoint: looked for ${weightsFiles.join(", ")} (and ${CONFIG_FILE}), ` +
      `or one file ending in ${ALL_ENDINGS.join(", ")}, and found ${someNames(names)}`,
  );
}

/** Indices and files of weights of other names than the usual; of those that differ only in their ending, the first. */
function candidates(names: readonly string[]): string[] {
  const indices = names.filter((name) =>
    isShardIndex(name) && weightsStem(name.slice(0, -INDEX_ENDING.length)) !== null
  );
  if (indices.length > 0) return indices;
  const stems = new Map<string, string>();
  const usual = usualOf(names);
  for (const ending of ALL_ENDINGS) {
    for (const name of usual) {
      const stem = weightsStem(name);
      if (stem === null || stem + ending !== name || SHARD.test(stem) || stems.has(stem)) continue;
      stems.set(stem, name);
    }
  }
  return [...stems.values()];
}

/** The names without those of the other endings, unless only they are weights. */
function usualOf(names: readonly string[]): readonly string[] {
  const usual = names.filter((name) => !OTHER_ENDINGS.some((ending) => name.endsWith(ending)));
  return usual.some((name) => weightsStem(name) !== null) ? usual : names;
}

/** The files of weights that are named after steps, by step in ascending order. */
export function stepFiles(
  names: readonly string[],
  source: string,
  read?: StepReader,
): Map<number, string> {
  const advice = () => "move one of them out";
  const ofFile: StepReader = (name) => {
    const stem = weightsStem(name);
    return stem === null || SHARD.test(stem) ? null : namedStepOfFile(stem);
  };
  return namesByStep(usualOf(names), { source, what: "files", advice }, read ?? ofFile);
}
