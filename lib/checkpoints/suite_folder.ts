/** Where the models that come with the toolkit are. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closest } from "fastest-levenshtein";
import { listFolder } from "./list_folder.ts";

/**
 * The folder of the models that come with the toolkit.
 *
 * @throws {Error} If the toolkit was imported from an address: the published package has no suite.
 */
export function bundledSuite(): string {
  const address = new URL("../../data/suite", import.meta.url);
  if (address.protocol === "file:") return fileURLToPath(address);
  throw new Error(
    "the bundled suite is part of the repository and not of the published package: clone the repository and " +
      "pass the folder of a model, e.g. data/suite/nano-64",
  );
}

/**
 * The folder of a bundled model's run.
 *
 * @param model The model's name, e.g. `nano-64`.
 * @param suite The folder of the suite; the one that comes with the toolkit unless given.
 * @throws {Error} if there is no such model, with the names of those that exist, or no suite on this machine.
 */
export async function suiteFolder(model: string, suite: string = bundledSuite()): Promise<string> {
  const entries = await listFolder(suite);
  const models = entries.filter((entry) => entry.isDirectory).map((entry) => entry.name);
  if (models.includes(model)) return join(suite, model);
  if (models.length === 0) throw new Error(`${suite} has no models; run deno task train`);
  throw new Error(
    `the suite has no model ${model}, the nearest is ${closest(model, models)}; ` +
      `models: ${models.join(", ")}`,
  );
}
