/** What a process that was killed while it wrote has left. */
import { join } from "node:path";
import { namesIn } from "./names_in.ts";

/**
 * Remove the temporary files of {@linkcode writeWholeFile} in a folder; nobody may be writing there.
 *
 * @param folder The folder; it need not be there.
 * @param name The file that they were to become; any unless given.
 */
export async function removePartials(folder: string, name = ""): Promise<void> {
  for (const partial of await namesIn(folder)) {
    const isLeft = partial.startsWith(`.${name === "" ? "" : `${name}.`}`) &&
      partial.endsWith(".partial");
    if (isLeft) await Deno.remove(join(folder, partial)).catch(() => {});
  }
}
