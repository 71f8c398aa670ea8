/** Removing a file that need not be there. */
import { ifThere } from "./if_there.ts";
import { writing } from "./system_fault.ts";

/**
 * Remove a file, or an empty folder, if it is there.
 *
 * @throws {Error} If it cannot be removed, saying why and what to do.
 */
export async function removeFile(path: string): Promise<void> {
  await writing(path, () => ifThere(Deno.remove(path)));
}
