/** What is in a folder. */
import { systemFault } from "../files/system_fault.ts";

/**
 * The entries of a folder, sorted by name.
 *
 * @throws {Error} if there is no such folder.
 */
export async function listFolder(path: string): Promise<Deno.DirEntry[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(path));
    return entries.sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new Error(`${path} does not exist; check the path`);
    }
    if (error instanceof Deno.errors.NotADirectory) {
      throw new Error(`${path} is no folder; pass the folder it is in`);
    }
    throw systemFault(error, path, "read");
  }
}
