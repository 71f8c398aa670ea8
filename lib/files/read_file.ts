/** Reading a file whole. */

import { reading, readingNow, writing } from "./system_fault.ts";
import { ifThere } from "./list_files.ts";

/** The longest text that there can be, in bytes of a file. */
const MOST_BYTES = 2 ** 29 - 24;

/** The text of a file; rejects with `Deno.errors.NotFound`, or saying why it cannot be read and what to do. */
export async function readText(path: string): Promise<string> {
  const { size } = await reading(path, () => Deno.stat(path));
  if (size > MOST_BYTES) {
    throw new Error(
      `${path} has ${size} bytes, and a text has ${MOST_BYTES} at most; check the path`,
    );
  }
  return await reading(path, () => Deno.readTextFile(path));
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
