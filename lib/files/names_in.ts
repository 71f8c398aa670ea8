/** The names in a folder. */
import { ifThere } from "./if_there.ts";

/** The names of the files and folders in a folder, none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  return await ifThere(Array.fromAsync(Deno.readDir(folder), ({ name }) => name)) ?? [];
}
