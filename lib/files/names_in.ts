/** The names in a folder. */
import { ifThere } from "./if_there.ts";
import { reading } from "./system_fault.ts";

/** The names of the files and folders in a folder, none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  const names = reading(folder, () => Array.fromAsync(Deno.readDir(folder), ({ name }) => name));
  return await ifThere(names) ?? [];
}
