/** One name for the checkpoints of a model, wherever they are. */

import { basename, join, relative, resolve } from "node:path";
import { listFolder } from "../files/list_files.ts";
import { reading } from "../files/system_fault.ts";
import { someNames } from "../messages/shown.ts";
import type { CheckpointRun } from "./checkpoint.ts";
import { hubEnvironment, type HubName, parseHubName, pythiaOnHub } from "./hub/hub_environment.ts";
import type { TransferListeners } from "./hub/transfer_plan.ts";
import { openCheckpoint, openFolderCheckpoint } from "./open_checkpoint.ts";
import { weightsFiles } from "./open_weights.ts";
import { placeOfStep, STEP_FOLDER_FORMS, stepFolders } from "./step_names.ts";
import { suiteFolder } from "./suite_folder.ts";

/** How a run is opened, and whom that tells. */
export interface OpenRunOptions extends TransferListeners {
  /** Do with what has been brought from the hub before, as `HF_HUB_OFFLINE` asks for all runs. */
  readonly offline?: boolean;
  /** The entry of files of `torch.save` that holds the weights, such as `ema`; the only one that does unless given. */
  readonly weights?: string | undefined;
}

/**
 * Open the checkpoints of one model over training.
 *
 * @category Checkpoints
 * @param name `suite:<model>` for a model that comes with the toolkit; `hf:<owner>/<model>` for one on the Hugging
 * Face hub, with `@<revision>` behind it for one revision; the path of a folder with a subfolder for each step
 * (`step1000`, `step-1000`, `step_1000` or `checkpoint-1000`), or of a single checkpoint, a folder named like that or
 * a file in it, which is a run of one step; or the name of a Pythia model such as `pythia-70m-deduped`, which is on
 * the hub unless there is a folder of that name.
 * @param options Which weights of files with several, and whom to tell of bytes that are moved from the hub.
 * @throws {Error} saying what was found there and what is needed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 *
 * const run = await openRun("suite:nano-64");
 * assert.equal(run.model, "nano-64");
 * assert.equal(run.steps[0], 0);
 * const checkpoint = await run.checkpoint(0);
 * assert.deepEqual(checkpoint.tensors.get("embed_out.weight")?.dtype, "F16");
 * ```
 */
export async function openRun(name: string, options: OpenRunOptions = {}): Promise<CheckpointRun> {
  const [, scheme, rest] = /^(suite|hf):(.*)$/s.exec(name) ?? [];
  if (scheme === "hf") return await openOnHub(parseHubName(name), options);
  if (scheme === "suite") return await openFolderRun(await suiteFolder(rest!), options);
  if (name === "") throw new Error("the name of a run is empty; pass suite:nano-64 or a folder");
  const there = await Deno.stat(name).catch(() => null);
  const pythia = there === null ? pythiaOnHub(name) : null;
  if (pythia) return await openOnHub(pythia, options);
  return await (there?.isFile ? openSingleRun(name, options) : openFolderRun(name, options));
}

async function openOnHub(name: HubName, options: OpenRunOptions): Promise<CheckpointRun> {
  // Loaded late: its library takes longer to load than a local run to open.
  const { openHubRun } = await import("./hub/hub_run.ts");
  const environment = await hubEnvironment();
  const offline = options.offline || environment.offline;
  return await openHubRun(name, { ...environment, offline }, options);
}

/** Open a folder of step folders, a model named after it; one without these that has weights is a run of one step. */
async function openFolderRun(folder: string, options: OpenRunOptions): Promise<CheckpointRun> {
  const source = resolve(folder);
  const names = (await listFolder(source)).map((entry) => entry.name);
  const folders = stepFolders(names, source);
  if (folders.size === 0) {
    if (weightsFiles.some((file) => names.includes(file))) {
      return await openSingleRun(source, options);
    }
    throw new Error(
      `${source} has no checkpoints: looked for folders named ${STEP_FOLDER_FORMS}, and for ` +
        `${weightsFiles.join(", ")}, and found ${someNames(names)}`,
    );
  }
  for (const name of folders.values()) await checkInside(source, name);
  const model = basename(source);
  return {
    model,
    source,
    steps: [...folders.keys()],
    async checkpoint(step) {
      const path = join(source, placeOfStep(folders, step, model));
      return await openFolderCheckpoint(path, model, step, options.weights);
    },
  };
}

/** A link out of the run would mix in weights from elsewhere under this run's name. */
async function checkInside(source: string, name: string) {
  const path = join(source, name);
  const target = await reading(path, () => Deno.realPath(path)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) throw new Error(`${path} is a link to nothing`);
    throw error;
  });
  if (relative(await Deno.realPath(source), target).split(/[\\/]/)[0] === "..") {
    throw new Error(`${path} leads out of the run, to ${target}; copy that folder into the run`);
  }
  if (!(await Deno.stat(target)).isDirectory) {
    throw new Error(`${path} is named like a step but is no folder; move it out of the run`);
  }
}

/** Open a single checkpoint as a run; a step that its folder's name did not tell would stand in every table. */
async function openSingleRun(path: string, options: OpenRunOptions): Promise<CheckpointRun> {
  const checkpoint = await openCheckpoint(path, options);
  const { model, source, step } = checkpoint;
  if (step === null) {
    throw new Error(
      `${source} is a single checkpoint whose folder's name tells no training step, which a run needs; ` +
        `rename the folder to step<N>, and put the folders of a model's steps into one folder to compare them`,
    );
  }
  const places = new Map([[step, checkpoint]]);
  const open = (asked: number) => Promise.try(() => placeOfStep(places, asked, model));
  return { model, source, steps: [step], checkpoint: open };
}
