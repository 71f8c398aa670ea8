/** Where the models that come with the toolkit are. */

import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { closest } from "fastest-levenshtein";
import { listFolder } from "../files/list_files.ts";

/** The folder of the models that come with the toolkit. */
function bundledSuite(): string {
  const address = new URL("../../data/suite", import.meta.url);
  if (address.protocol === "file:") return fileURLToPath(address);
  throw new Error(
    "the bundled models come with the repository and not with the published package: name a folder of checkpoints " +
      "or hf:owner/model, or clone the repository and name a folder of its data/suite",
  );
}

/** The folder of a bundled model's run; an error with the names of those that exist where there is no such model. */
export async function suiteFolder(model: string, suite: string = bundledSuite()): Promise<string> {
  const models = await foldersIn(suite);
  if (models.includes(model)) return join(suite, model);
  if (models.length === 0) throw new Error(`${suite} has no models; run deno task train`);
  throw new Error(
    `the suite has no model ${model}, the nearest is ${closest(model, models)}; ` +
      `models: ${models.join(", ")}`,
  );
}

/** An error if a name of nothing on disk is that of a bundled model without its `suite:`. */
export async function refuseBareModel(name: string): Promise<void> {
  // The published package has no suite.
  const models = await suiteModels().catch((): string[] => []);
  if (!models.includes(name)) return;
  throw new Error(`${resolve(name)} does not exist; did you mean suite:${name}?`);
}

/**
 * The names of the bundled models, in the order of the numbers in them: `nano-48` before `nano-64` before `nano-128`.
 *
 * @category Checkpoints
 * @param suite The folder of the suite; the one that comes with the toolkit unless given.
 * @throws {Error} If there is no such folder.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, suiteModels } from "neuromfa";
 *
 * const models = await suiteModels();
 * assert.ok(models.includes("nano-64"));
 * assert.equal((await openRun(`suite:${models[0]}`)).model, models[0]);
 * ```
 */
export async function suiteModels(suite: string = bundledSuite()): Promise<string[]> {
  const models = await foldersIn(suite);
  return models.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

async function foldersIn(folder: string): Promise<string[]> {
  return (await listFolder(folder)).filter((entry) => entry.isDirectory).map(({ name }) => name);
}
