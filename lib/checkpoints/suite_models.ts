/** Which models come with the toolkit. */

import { bundledSuite } from "./suite_folder.ts";
import { listFolder } from "./list_folder.ts";

/**
 * The names of the bundled models, in the order of the numbers in them: `nano-48` before `nano-64` before `nano-128`.
 *
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
  const entries = await listFolder(suite);
  return entries.filter((entry) => entry.isDirectory).map((entry) => entry.name)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
