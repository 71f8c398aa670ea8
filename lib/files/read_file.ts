/** Reading a file whole. */

import { reading, readingNow, writing } from "./system_fault.ts";
import { ifThere } from "./list_files.ts";

/**
 * The text of a file.
 *
 * @throws {Deno.errors.NotFound} If it is not there.
 * @throws {Error} If it cannot be read, saying why and what to do.
 */
export function readText(path: string): Promise<string> {
  return reading(path, () => Deno.readTextFile(path));
}

/** As {@linkcode readText}, at once. */
export function readTextNow(path: string): string {
  return readingNow(path, () => Deno.readTextFileSync(path));
}

/**
 * The bytes of a file.
 *
 * @throws {Deno.errors.NotFound} If it is not there.
 * @throws {Error} If it cannot be read, saying why and what to do.
 */
export function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return reading(path, () => Deno.readFile(path));
}

/**
 * Remove a file, or an empty folder, if it is there.
 *
 * @throws {Error} If it cannot be removed, saying why and what to do.
 */
export async function removeFile(path: string): Promise<void> {
  await writing(path, () => ifThere(Deno.remove(path)));
}
