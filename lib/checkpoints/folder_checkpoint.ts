/** The checkpoint in a folder, wherever the folder is. */

import { ADAPTER_CONFIG } from "./adapter_config.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { type Folder, namesOf } from "./folder.ts";
import { withHeadMatrices } from "./head_matrices.ts";
import { openWeights, weightsFiles } from "./open_weights.ts";
import { CONFIG_FILE, readConfigFrom } from "./read_config.ts";
import { namedStep, namedStepOfFile } from "./step_names.ts";
import { checkpointOf, type Weights } from "./weights.ts";
import { weightsFileOf, weightsStem } from "./weights_files.ts";
import { wholeWeights } from "./whole_weights.ts";

/** What a checkpoint is called, and which of its weights are meant. */
export interface CheckpointName {
  readonly model: string;
  readonly step: number | null;
  /** The entry of a file of `torch.save` that holds the weights; the only one that does unless given. */
  readonly weights?: string | undefined;
}

/** The checkpoint in a folder, or in one file of it, with the model and the step that their names tell. */
export async function namedCheckpoint(
  folder: Folder,
  file: string | null,
  weights?: string,
): Promise<Checkpoint> {
  const ofFolder = namedStep(folder.name);
  const model = ofFolder?.before ||
    (ofFolder === null ? folder.name : folder.parent?.name ?? NAMELESS);
  if (file === null) {
    return await folderCheckpoint(folder, { model, step: ofFolder?.step ?? null, weights });
  }
  if (/-\d+-of-\d+\.\w+$/.test(file)) {
    const source = folder.pathOf(file);
    throw new Error(`${source} is one of several shards; pass its folder, ${folder.source}`);
  }
  const stem = weightsStem(file) ?? file.replace(/(?<=.)\.[^.]*$/, "");
  const ofFile = ofFolder === null ? namedStepOfFile(stem) : null;
  const isOwn = ofFile === null && !weightsFiles.includes(file);
  const name = isOwn ? stem : ofFile?.before || model;
  const step = (ofFolder ?? ofFile)?.step ?? null;
  return await fileCheckpoint(folder, file, { model: name, step, weights });
}

/** The model's name where no folder tells one. */
export const NAMELESS = "model";

/**
 * Open the checkpoint in a folder: the first of the weights' files that is there and, where it exists, `config.json`. Headers
 * and the config are read; values only when they are asked for.
 */
export async function folderCheckpoint(folder: Folder, name: CheckpointName): Promise<Checkpoint> {
  const file = weightsFileOf(await namesOf(folder), folder.source);
  return { ...await fileCheckpoint(folder, file, name), source: folder.source };
}

/** The checkpoint whose weights are in a file or an index of shards; its `config.json` is the one beside it. */
export async function fileCheckpoint(
  folder: Folder,
  file: string,
  { model, step, weights: key }: CheckpointName,
): Promise<Checkpoint> {
  const source = folder.pathOf(file);
  const weights = await openWholeFile(folder, file, source, key);
  const own = await configOf(folder);
  const isAdapter = own === null && await folder.has(ADAPTER_CONFIG);
  const base = isAdapter ? folder.parent?.folder(BASE_FOLDER) : undefined;
  const config = base === undefined ? own : await configOf(base);
  return withHeadMatrices(checkpointOf(weights, { model, step, source, config }, key));
}

/** The folder beside that of an adapter with the model that it belongs to. */
const BASE_FOLDER = "base";

/** The object in a folder's `config.json`, `null` where it has none. */
async function configOf(folder: Folder): Promise<Checkpoint["config"]> {
  const file = await folder.find(CONFIG_FILE);
  return file && await readConfigFrom(file);
}

/** Open weights with everything that belongs to them; an adapter's are those of the model in the folder `base` beside it. */
async function openWholeFile(
  folder: Folder,
  file: string,
  source: string,
  key?: string,
): Promise<Weights> {
  const open = (name: string, key?: string) => openWeights(name, (part) => folder.open(part), key);
  return await wholeWeights(await open(file, key), {
    source,
    open,
    find: (name) => folder.find(name),
    async base() {
      const { parent } = folder;
      if (parent === null || !await parent.has(BASE_FOLDER)) return null;
      const beside = parent.folder(BASE_FOLDER);
      if (beside.source === folder.source) return null;
      const base = weightsFileOf(await namesOf(beside), beside.source);
      return await openWholeFile(beside, base, beside.source);
    },
  });
}
