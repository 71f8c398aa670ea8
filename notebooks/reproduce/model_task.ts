/** Which models notebooks are run on in place of their own, which notebooks can be, and where their results go. */

import { basename, join, resolve } from "node:path";
import { isPythiaPlace } from "../../lib/checkpoints/hub/hub_name.ts";
import { isOnHub } from "../../lib/cli/permissions_of.ts";
import { modelsOf, readsOf } from "../../lib/display/notebook_reads.ts";
import { exists } from "../../lib/files/list_files.ts";
import { plainName } from "../../lib/files/plain_name.ts";
import { shown } from "../../lib/messages/shown.ts";
import { NotebookError } from "./notebook.ts";

/** Models that notebooks read in place of their own. */
export interface ModelTask {
  /** The models, as `openRun` takes them wherever the notebook is. */
  readonly models: readonly string[];
  /** The steps in words; the usual ones unless given. */
  readonly steps: string | undefined;
  /** Whether one of them is on the hub. */
  readonly isOnHub: boolean;
  /** The folder of results. */
  readonly out: string;
}

/** What a command line says of models. */
export interface ModelFlags {
  readonly model?: readonly string[] | undefined;
  readonly steps?: string | undefined;
  readonly out?: string | undefined;
  readonly check?: boolean | undefined;
  readonly allowHub?: boolean | undefined;
}

/** What begins a name that is no path. */
const SCHEME = /^(hf|suite):/;
/** Flags that are about models. */
const OF_MODELS = ["steps", "allowHub", "plan", "yes", "transfer", "rate"] as const;
/** Those of them that are about the hub alone. */
const OF_HUB = ["plan", "yes", "transfer", "rate"] as const;

/**
 * The models that a command line names, `null` where it names none.
 *
 * @param given The flags that were given.
 * @param bundled The folder with the results of the bundled models.
 * @throws {NotebookError} If flags contradict each other, or a model is on the hub and that was not allowed.
 */
export async function namedModels(
  given: ModelFlags,
  bundled: string,
): Promise<ModelTask | null> {
  const { model, steps, out, check, allowHub } = given;
  const refuse = (what: string): never => {
    throw new NotebookError(what);
  };
  const isGiven = (flag: string) => Object.hasOwn(given, flag);
  const flagOf = (flag: string) => `--${flag === "allowHub" ? "allow-hub" : flag}`;
  if (model === undefined) {
    const about = OF_MODELS.find(isGiven);
    if (about === undefined) return null;
    refuse(`${flagOf(about)} is about models other than the notebooks' own: name them by --model`);
  }
  if (check) {
    refuse("--check compares the results of the notebooks' own models: leave --model or it out");
  }
  const models = await Promise.all(
    // A notebook runs in its own folder.
    model!.map(async (name) => !SCHEME.test(name) && await exists(name) ? resolve(name) : name),
  );
  const far: string[] = [];
  for (const name of models) if (await isOnHub(name)) far.push(name);
  if (far.length > 0 && !allowHub) {
    refuse(
      `${
        far[0]
      } is on the hub, and notebooks have no network: give --allow-hub to read it from there, with --plan to see ` +
        "what that moves, or name a folder with its checkpoints",
    );
  }
  const about = OF_HUB.find(isGiven);
  if (far.length === 0 && about !== undefined) {
    refuse(`${flagOf(about)} is about models on the hub, and none is named: leave it out`);
  }
  const folder = out ?? join("out", "reproduce", folderName(models));
  if (resolve(folder) === resolve(bundled)) {
    refuse(`${folder} holds the results of the bundled models: choose another folder with --out`);
  }
  return { models, steps, isOnHub: far.length > 0, out: folder };
}

/** The name of a folder for the results of some models. */
function folderName(models: readonly string[]): string {
  const own = models.map((name) => basename(name.replace(SCHEME, "")).replaceAll(":", "_"));
  const [first, ...others] = own;
  const all = own.join("+");
  const short = all.length <= 100 || others.length === 0 ? all : `${first}+${others.length}`;
  return plainName(short, "the models' name");
}

/**
 * The notebooks that can be run on some models: those that read models, and compare as many as there are.
 *
 * @param isNamed Whether they were asked for by name, so that one that cannot be run is refused and not left out with a word.
 * @throws {NotebookError} If one that was asked for cannot be run on them, or none can.
 */
export function notebooksFor<N extends { readonly name: string }>(
  notebooks: readonly N[],
  { models, isOnHub }: Pick<ModelTask, "models" | "isOnHub">,
  isNamed: boolean,
): N[] {
  const left = notebooks.flatMap(({ name }) => {
    const why = whyNot(name, models, isOnHub) ?? unlessNamed(name, models, isNamed);
    return why === null ? [] : [`${name} ${why}`];
  });
  const ran = notebooks.filter(({ name }) => !left.some((line) => line.startsWith(`${name} `)));
  if (left.length > 0 && (isNamed || ran.length === 0)) throw new NotebookError(left.join("\n"));
  for (const line of left) console.error(`left out: ${line}`);
  return ran;
}

/** Why a notebook is run only where it is asked for: it reads a model that nobody named; `null` where it does not. */
function unlessNamed(name: string, models: readonly string[], isNamed: boolean): string | null {
  const read = modelsOf(readsOf(name) ?? { models: "none" }, models);
  const other = read.find((model) => !models.includes(model.name));
  return isNamed || other === undefined
    ? null
    : `reads ${other.name} too: name that model, or this notebook`;
}

/** Why a notebook cannot be run on some models, `null` where it can. */
function whyNot(name: string, models: readonly string[], isOnHub: boolean): string | null {
  const reads = readsOf(name);
  if (reads === null) {
    return isOnHub
      ? "is none of the project's, so that it is not known what it reads: run it in Jupyter"
      : null;
  }
  if (reads.models === "none") return "is about models of its own: run it without --model";
  if (reads.models === "several" && models.length < 2) {
    return `compares models: name several, as in ${
      shown("hf:EleutherAI/pythia-{160m,410m}-deduped")
    }`;
  }
  const read = modelsOf(reads, models);
  if (read.length === 0) {
    return "compares a model without duplicates: name one that ends with -deduped";
  }
  const unscored = reads.scores !== "needed"
    ? undefined
    : read.find(({ name }) => name.startsWith("hf:") && !isPythiaPlace(name));
  return unscored === undefined
    ? null
    : `needs scores, and of models on the hub those of Pythia alone are known, not of ${unscored.name}: ` +
      "put its checkpoints into a folder, with scores.csv beside them";
}
