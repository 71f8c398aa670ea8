/** One name for the checkpoints of a model, wherever they are. */

import { basename, join, relative, resolve } from "node:path";
import { listFolder } from "../files/list_files.ts";
import { reading } from "../files/system_fault.ts";
import { someNames } from "../messages/shown.ts";
import type { CheckpointRun } from "./checkpoint.ts";
import { hubEnvironment, type HubName, parseHubName, pythiaOnHub } from "./hub/hub_environment.ts";
import type { Transfer } from "../options/values.ts";
import type { LinkMeter, TransferListeners } from "./hub/transfer_plan.ts";
import { openCheckpoint, openFileCheckpoint, openFolderCheckpoint } from "./open_checkpoint.ts";
import { placeOfStep, STEP_FORMS, stepFolders, type StepReader, stepReader } from "./step_names.ts";
import { suiteFolder } from "./suite_folder.ts";
import { hasWeights, stepFiles, WEIGHTS_ENDINGS, weightsStem } from "./weights_files.ts";

/** How a run is opened, and whom that tells. */
export interface OpenRunOptions extends TransferListeners {
  /** Do with what has been brought from the hub before, as `HF_HUB_OFFLINE` asks for all runs. */
  readonly offline?: boolean;
  /** A regular expression for the whole names of steps, whose first group is the step, where they are named in a way of their own. */
  readonly stepsPattern?: string | undefined;
  /** The entry of files of `torch.save` that holds the weights, such as `ema`; the only one that does unless given. */
  readonly weights?: string | undefined;
  /** What moving bytes from the hub saves: `fewest-bytes`, `fastest`, or `balanced`, which is the default. */
  readonly transfer?: Transfer | undefined;
  /**
   * The commits that steps on the hub are read from, in place of those that their branches are at now.
   *
   * @internal
   */
  readonly commits?: ReadonlyMap<number, string> | undefined;
  /**
   * What measures the connection, where several runs share one.
   *
   * @internal
   */
  readonly meter?: LinkMeter | undefined;
}

/**
 * Open the checkpoints of one model over training.
 *
 * @category Checkpoints
 * @param name `suite:<model>` for a model that comes with the toolkit; `hf:<owner>/<model>` for one on the Hugging
 * Face hub, with `@<revision>` behind it for one revision; the path of a folder with a subfolder or a file for each step
 * (`step1000`, `checkpoint-1000`, `global_step1000`, `iter_0001000`, `epoch_3.pt`), or of a single checkpoint, a folder or
 * file named like that, which is a run of one step; or the name of a Pythia model such as `pythia-70m-deduped`, which is on
 * the hub unless there is a folder of that name.
 * @param options How steps are named, which weights of files with several, and whom to tell of bytes that are moved from the hub.
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
  const read = options.stepsPattern === undefined ? undefined : stepReader(options.stepsPattern);
  const [, scheme, rest] = /^(suite|hf):(.*)$/s.exec(name) ?? [];
  if (scheme === "hf") return await openOnHub(parseHubName(name), options, read);
  if (scheme === "suite") return await openFolderRun(await suiteFolder(rest!), options);
  if (name === "") throw new Error("the name of a run is empty; pass suite:nano-64 or a folder");
  const there = await Deno.stat(name).catch(() => null);
  const pythia = there === null ? pythiaOnHub(name) : null;
  if (pythia) return await openOnHub(pythia, options, read);
  return await (there?.isFile ? openSingleRun : openFolderRun)(name, options, read);
}

async function openOnHub(
  name: HubName,
  options: OpenRunOptions,
  read: StepReader | undefined,
): Promise<CheckpointRun> {
  // Loaded late: its library takes longer to load than a local run to open.
  const { openHubRun } = await import("./hub/hub_run.ts");
  const environment = await hubEnvironment();
  const offline = options.offline || environment.offline;
  return await openHubRun(name, { ...environment, offline }, options, read);
}

/** Open a folder of steps, a model named after it; one without steps that has weights is a run of one step. */
async function openFolderRun(
  folder: string,
  options: OpenRunOptions,
  read?: StepReader,
): Promise<CheckpointRun> {
  const source = resolve(folder);
  const names = (await listFolder(source)).map((entry) => entry.name);
  const { isFlat, steps } = stepPlaces(names, source, read);
  if (steps.size === 0) {
    if (read === undefined && hasWeights(names)) return await openSingleRun(source, options);
    const looked = read === undefined
      ? `named ${STEP_FORMS}, and for files of weights (${WEIGHTS_ENDINGS.join(", ")})`
      : "or files whose names the pattern of steps matches";
    throw new Error(
      `${source} has no checkpoints: looked for folders ${looked}, and found ${someNames(names)}`,
    );
  }
  for (const name of steps.values()) await checkInside(source, name, isFlat);
  const model = basename(source);
  const open = isFlat ? openFileCheckpoint : openFolderCheckpoint;
  return {
    model,
    source,
    steps: [...steps.keys()],
    checkpoint: async (step) =>
      await open(join(source, placeOfStep(steps, step, model)), model, step, options.weights),
  };
}

/** Those of the names in a run's folder that hold its steps: folders or, where there are none, files of weights. */
export function stepPlaces(
  names: readonly string[],
  source: string,
  read?: StepReader,
): { readonly isFlat: boolean; readonly steps: ReadonlyMap<number, string> } {
  const folders = stepFolders(names.filter((name) => weightsStem(name) === null), source, read);
  const isFlat = folders.size === 0;
  return { isFlat, steps: isFlat ? stepFiles(names, source, read) : folders };
}

/** A link out of the run would mix in weights from elsewhere under this run's name. */
async function checkInside(source: string, name: string, isFlat: boolean) {
  const path = join(source, name);
  const target = await reading(path, () => Deno.realPath(path)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) throw new Error(`${path} is a link to nothing`);
    throw error;
  });
  const kind = isFlat ? "file" : "folder";
  if (relative(await Deno.realPath(source), target).split(/[\\/]/)[0] === "..") {
    throw new Error(`${path} leads out of the run, to ${target}; copy that ${kind} into the run`);
  }
  if ((await Deno.stat(target)).isDirectory === isFlat) {
    throw new Error(`${path} is named like a step but is no ${kind}; move it out of the run`);
  }
}

/** The step of a checkpoint whose name tells none: tables need one, and step 0 would mean untrained. */
const UNTOLD_STEP = 1;

/** Open a single checkpoint as a run. */
async function openSingleRun(
  path: string,
  { weights }: OpenRunOptions,
  read?: StepReader,
): Promise<CheckpointRun> {
  const opened = await openCheckpoint(path, { weights }), { model, source } = opened;
  const told = read === undefined ? opened.step : read(basename(source))?.step;
  if (told === undefined) {
    throw new Error(
      `stepsPattern (--steps_pattern) does not match ${basename(source)}, of ${source}`,
    );
  }
  const step = told ?? UNTOLD_STEP;
  const places = new Map([[step, { ...opened, step }]]);
  return {
    ...{ model, source, steps: [step] },
    ...told === null && {
      warnings: [
        `the name of ${source} tells no training step, so that it stands in tables as step ${step}; ` +
        "stepsPattern (--steps_pattern) can tell the step's place in it",
      ],
    },
    checkpoint: (asked) => Promise.try(() => placeOfStep(places, asked, model)),
  };
}
