/** Whether files can be written to a folder, before long work is done for them. */

import { dirname, join, resolve } from "node:path";
import { exists, ifThere } from "./list_files.ts";

/** Whether Deno was told to allow a folder to be written to. */
async function mayWrite(folder: string): Promise<boolean> {
  return (await Deno.permissions.query({ name: "write", path: folder })).state === "granted";
}

/** Check that a folder can be written to, or made where it is not there yet; nothing is left behind. */
export async function checkWritable(folder: string): Promise<void> {
  let there = resolve(folder);
  while (!await exists(there)) {
    if (dirname(there) === there) break;
    there = dirname(there);
  }
  const probe = join(there, `.${crypto.randomUUID()}.partial`);
  try {
    await Deno.writeFile(probe, new Uint8Array(), { createNew: true });
    // Another process may have cleared it away as left by one that was killed.
    await ifThere(Deno.remove(probe));
  } catch (error) {
    // The folders above a new one need not be allowed.
    if (error instanceof Deno.errors.NotCapable && await mayWrite(folder)) return;
    const why = await Deno.stat(there).then(({ isDirectory }) => isDirectory, () => true)
      ? `${there} does not let files be written`
      : `${there} is a file`;
    throw new Error(`nothing can be written to ${folder}: ${why}; choose another folder`);
  }
}
