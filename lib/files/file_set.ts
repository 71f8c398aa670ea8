/** Files that belong together: all of them are written, or none. */

import { basename, dirname, join } from "node:path";
import { ifThere } from "./list_files.ts";
import { writing } from "./system_fault.ts";

/**
 * Files that are written under temporary names beside their places and come to their places
 * together. Until {@linkcode FileSet.commit} nothing that was there is touched; where that fails,
 * what was there is put back. A set that is disposed of without it leaves nothing.
 *
 * The last file added is the first to go and the last to come: a record of the others, added at
 * last, is never beside files that it does not describe, even after a kill.
 */
export class FileSet implements AsyncDisposable {
  /** Where each file's content lies, by the path that it will have. */
  readonly #added = new Map<string, string>();
  readonly #removed = new Set<string>();

  /** Add a file, making its folder if need be; rejects if it cannot be written, or a folder is in its place. */
  async add(path: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const temporary = this.#added.get(path) ?? partialOf(path);
    await writing(path, async () => {
      await refuseFolder(path);
      await Deno.mkdir(dirname(path), { recursive: true });
      this.#added.set(path, temporary);
      await Deno.writeFile(temporary, bytes);
    });
  }

  /** Have a file removed, if it is there, when the others come. */
  remove(path: string): void {
    this.#removed.add(path);
  }

  /** Put all files in their places; rejects if that fails, and everything is then as it was. */
  async commit(): Promise<void> {
    const undo: (() => Promise<void>)[] = [];
    const former: string[] = [];
    try {
      for (const path of [...this.#removed, ...this.#added.keys()].reverse()) {
        await writing(path, async () => {
          await refuseFolder(path);
          const aside = partialOf(path);
          if (await ifThere(Deno.rename(path, aside).then(() => true)) === null) return;
          former.push(aside);
          undo.push(() => Deno.rename(aside, path));
        });
      }
      for (const [path, temporary] of this.#added) {
        await writing(path, () => Deno.rename(temporary, path));
        undo.push(() => Deno.rename(path, temporary));
      }
    } catch (error) {
      for (const takeBack of undo.reverse()) await takeBack().catch(() => {});
      throw error;
    }
    this.#added.clear();
    // What cannot be removed is cleared away with other temporary files.
    for (const path of former) await Deno.remove(path).catch(() => {});
  }

  /** Remove what was not put in its place. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const temporary of this.#added.values()) await Deno.remove(temporary).catch(() => {});
    this.#added.clear();
  }
}

/** A temporary name beside a place. */
export function partialOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.partial`);
}

/** A folder would go aside like a file, with all that is in it. */
async function refuseFolder(path: string): Promise<void> {
  if (!(await ifThere(Deno.lstat(path)))?.isDirectory) return;
  throw new Error(`${path} cannot be written: a folder is in its place; move it away`);
}
