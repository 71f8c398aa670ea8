/** What the system says when a file cannot be read or written, as a sentence that names the file and what to do. */

import { printable } from "../messages/shown.ts";

/** By the system's code: what is the matter, and what to do. */
const CAUSES: Readonly<Record<string, string>> = {
  EACCES: "this user may not do that; change its permissions, or choose another place",
  EBUSY: "another program holds it; close that one and start again",
  EDQUOT: "this user's share of the disk is used up; make room and start again",
  EEXIST: "a file is in the way; move it away, or choose another place",
  EFBIG: "it would be larger than the disk's format allows; choose another disk",
  EIO: "the disk failed; check it, and start again",
  EISDIR: "it is a folder, not a file; move it away, or give a file",
  ELOOP: "its symbolic links lead in a circle; remove them",
  EMFILE: "too many files are open; raise the limit (ulimit -n)",
  ENAMETOOLONG: "its name is too long for the disk; shorten it",
  ENFILE: "too many files are open on this machine; close some programs",
  ENOSPC: "the disk is full; make room and start again",
  ENOTDIR: "a file stands where a folder of its path should be; move it away, or give another path",
  ENOTEMPTY: "the folder is not empty; move what is in it away",
  EPERM: "this user may not do that; change its permissions, or choose another place",
  EROFS: "the disk can only be read; choose another place",
  ETXTBSY: "it is a program that runs; stop it and start again",
};

/** Longest part of a path that is named whole. */
const MOST_LETTERS = 80;

/** Read something of a path; rejects, saying what to do, if the system refuses; that nothing is there stays `NotFound`. */
export async function reading<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw systemFault(error, path, "read");
  }
}

/** As {@linkcode reading}, at once. */
export function readingNow<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw systemFault(error, path, "read");
  }
}

/** Write, remove or move something at a path, with the same faults. */
export async function writing<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw systemFault(error, path, "written");
  }
}

/** As {@linkcode writing}, at once. */
export function writingNow<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw systemFault(error, path, "written");
  }
}

/** What the system says as a sentence; the error itself where it is none of the system's, or says that nothing is there. */
export function systemFault(error: unknown, path: string, what: "read" | "written"): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  const cause = error.message.includes("NUL byte")
    ? "its name has a character that no name may have; give another path"
    : error.name === "NotCapable"
    ? notAllowed(error.message, what)
    : CAUSES[`${code}`];
  if (cause === undefined) return error;
  return new Error(`${shownPath(path)} cannot be ${what}: ${cause}`, { cause: error });
}

/** What is said where Deno refuses; some places of the system it keeps for those that it allows everything. */
function notAllowed(message: string, what: "read" | "written"): string {
  return message.startsWith("Requires all access")
    ? "Deno lets nobody do that there without all permissions; choose another place"
    : `this program was not allowed to; start Deno with --allow-${
      what === "read" || message.startsWith("Requires read") ? "read" : "write"
    } for that path`;
}

/** A path without what could steer a terminal, and with no name in it that fills one. */
function shownPath(path: string): string {
  return printable(path).split("/").map((name) =>
    name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS)}…` : name
  ).join("/");
}
