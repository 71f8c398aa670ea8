/** A program that depends on its working directory, which is one for all files that are tested at the same time. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const project = new URL("../../", import.meta.url);

/**
 * Run the lines of a module in a process of its own with this working directory; `lib/…` in them is the library's.
 *
 * @returns The value of `result`, which they must set, as JSON keeps it.
 */
export async function runInFolder(folder: string, lines: string): Promise<unknown> {
  const module = lines.replaceAll('"lib/', `"${new URL("lib/", project)}`);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["eval", "--quiet", "--config", fileURLToPath(new URL("deno.json", project))],
      `${module}\nconsole.log(JSON.stringify(result));`,
    ],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  assert.ok(success, text.decode(stderr));
  return JSON.parse(text.decode(stdout));
}
