/** Reading a file whole. */

import { reading, readingNow, writing } from "./system_fault.ts";
import { ifThere } from "./list_files.ts";

/** The text of a file; rejects with `Deno.errors.NotFound`, or saying why it cannot be read and what to do. */
export function readText(path: string): Promise<string> {
  return reading(path, () => Deno.readTextFile(path));
}

/** As {@linkcode readText}, at once. */
export function readTextNow(path: string): string {
  return readingNow(path, () => Deno.readTextFileSync(path));
}

/** As {@linkcode readText}, the bytes of a file. */
export function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return reading(path, () => Deno.readFile(path));
}

/** Remove a file, or an empty folder, if it is there; rejects, saying why and what to do, if it cannot be removed. */
export async function removeFile(path: string): Promise<void> {
  await writing(path, () => ifThere(Deno.remove(path)));
}
