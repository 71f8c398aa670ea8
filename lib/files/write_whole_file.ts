/** Writing a file so that it is there whole or not at all. */

import { basename, dirname, join } from "node:path";
import { writing } from "./system_fault.ts";

/**
 * Writes a file under a temporary name beside its place and renames it there, making the folder if
 * need be, so that a stop at any moment leaves the former file or the new one, never half of one.
 *
 * @param path Where the file goes.
 * @param content Text (as UTF-8) or bytes.
 * @throws {Error} If the folder cannot be made or written to, saying why and what to do; the temporary file is removed.
 */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const temporary = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.partial`);
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
