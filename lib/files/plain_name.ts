/** Names from files and command lines that become names of files and folders. */

import { shown } from "../messages/shown.ts";

/**
 * Longest name, in bytes of UTF-8. File systems take 255; the names of tables and figures add a
 * step, a sample and an extension, and a file that is being written adds a mark of its own.
 */
const MOST_BYTES = 160;

/** What no name may hold: what parts a path, and what is not seen or steers a terminal. */
const FORBIDDEN = /[/\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether a value is the name of one file or folder, and stays in the folder it is joined to. */
export function isPlainName(name: unknown): name is string {
  return typeof name === "string" && name.length <= MOST_BYTES && !/^\.*$/.test(name) &&
    !FORBIDDEN.test(name) && new TextEncoder().encode(name).length <= MOST_BYTES;
}

/** A name, checked before it becomes part of a path; the message says whose it is: `the model's name`. */
export function plainName(name: unknown, whose: string): string {
  if (isPlainName(name)) return name;
  throw new Error(
    `${whose} ${
      shown(name)
    } cannot name a file or folder: it takes 1 to ${MOST_BYTES} bytes without ` +
      "/, \\ and control characters, and not only dots; choose another name",
  );
}
