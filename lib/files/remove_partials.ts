/** What a process that was killed while it wrote has left. */
import { join } from "node:path";

/**
 * Remove the temporary files of {@linkcode writeWholeFile} in a folder; nobody may be writing there.
 *
 * @param folder The folder; it need not be there.
 * @param name The file that they were to become; any unless given.
 */
export async function removePartials(folder: string, name = ""): Promise<void> {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  for (const partial of names) {
    const isLeft = partial.startsWith(`.${name === "" ? "" : `${name}.`}`) &&
      partial.endsWith(".partial");
    if (isLeft) await Deno.remove(join(folder, partial)).catch(() => {});
  }
}
