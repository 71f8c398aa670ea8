/** Where the published scores of the Pythia models are, in the repository EleutherAI/pythia. */

import { PUBLISHED_STEPS } from "../options/step_words.ts";

/** Address of the repository's files, without a slash at the end. */
export const PYTHIA_REPOSITORY = "https://raw.githubusercontent.com/EleutherAI/pythia/main";

/** Folder of the scores in the repository. */
export const PYTHIA_EVALS = "evals/pythia-v1";

/** Steps with published scores: 27 of the 154 checkpoints of a model. */
export const publishedSteps = PUBLISHED_STEPS;

/** What is asked of a model with no scores at all: one measure of each task that the Pythia paper draws. */
export const headlineMetrics: readonly string[] = [
  "arc_challenge",
  "arc_easy",
  "lambada_openai",
  "logiqa",
  "piqa",
  "sciq",
  "winogrande",
  "wsc",
]
  .map((task) => `${task}/acc`);

/** The scores of pythia-1b are filed under the name it had while it was trained, after its number format. */
const filedAs: Readonly<Record<string, string>> = { "pythia-1b": "pythia-1b-bf16" };

/** Files named five-shot although they are filed as zero-shot and record `num_fewshot: 0`; these steps have no others. */
const namedFiveShot: Readonly<Record<string, readonly number[]>> = {
  "pythia-1b-bf16": [128, 256, 512, 1000],
};

/** The folder of a model's zero-shot scores within the repository. */
export function zeroShotFolder(model: string): string {
  return `${PYTHIA_EVALS}/${folderName(model)}/zero-shot`;
}

/** The folder of its scores with five examples in the prompt. */
export function fiveShotFolder(model: string): string {
  return `${PYTHIA_EVALS}/${folderName(model)}/five-shot`;
}

/** Where the zero-shot scores of a model at a step are within the repository. */
export function zeroShotFile(model: string, step: number): string {
  const folder = folderName(model);
  const shots = namedFiveShot[folder]?.includes(step) ? "-5shot" : "";
  return `${zeroShotFolder(model)}/${folder.replace(/^pythia-/, "")}${shots}_step${step}.json`;
}

/** The name that a model has on the Hugging Face hub, from one it has in a results file. */
export function publishedName(model: string): string {
  const name = model.replace(/^EleutherAI\//, "").replace(/^pythia-v1\.1-/, "pythia-");
  return Object.keys(filedAs).find((published) => filedAs[published] === name) ?? name;
}

function folderName(model: string): string {
  const name = publishedName(model);
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) {
    throw new Error(
      `${JSON.stringify(model)} is no name of a published model; pass one such as pythia-70m`,
    );
  }
  return filedAs[name] ?? name;
}
