/** Writing a file so that it is there whole or not at all. */

import { dirname } from "node:path";
import { partialOf } from "./file_set.ts";
import { writing } from "./system_fault.ts";

/**
 * Write text (as UTF-8) or bytes under a temporary name beside a file's place and rename it there, making the folder if
 * need be, so that a stop at any moment leaves the former file or the new one, never half of one.
 */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const temporary = partialOf(path);
  await writing(path, async () => {
    await Deno.mkdir(dirname(path), { recursive: true });
    try {
      await Deno.writeFile(temporary, bytes, { createNew: true });
      await Deno.rename(temporary, path);
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw error;
    }
  });
}
