/** Branches and files as a hub lists them, checked before they are believed. */

import * as v from "valibot";
import { wholeNumber } from "../../schemas/pieces.ts";

/** A branch of a model. */
export interface Branch {
  /** Its name, e.g. `step1000`. */
  readonly name: string;
  /** The commit it is at: 40 hexadecimal digits. */
  readonly commit: string;
}

/** A file of a revision. */
export interface ListedFile {
  /** Its path within the model. */
  readonly path: string;
  /** Its size in bytes. */
  readonly size: number;
  /** What identifies its content: `sha256-<hex>` of a large file, `git-<hex>` (the blob's SHA-1) of a small one. */
  readonly content: string;
}

const sha1 = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/, "40 hexadecimal digits"));

/** What a hub answers when it is asked for branches, as far as that is used. */
export interface RefsAnswer {
  /** The branches, each with the commit that it is at. */
  readonly branches: readonly { readonly name: string; readonly targetCommit: string }[];
}

/** What such an answer must be. */
export const refsAnswer: v.GenericSchema<unknown, RefsAnswer> = v.object({
  branches: v.array(v.object({ name: v.string(), targetCommit: sha1 })),
});

/** What a hub must answer when it is asked for a revision. */
export const revisionAnswer: v.GenericSchema<unknown, { sha: string }> = v.object({ sha: sha1 });

/** What a page of a hub's listing of files must be. */
export const treeAnswer: v.GenericSchema<unknown, { type: string; path: string; size: number }[]> =
  v.array(v.object({
    type: v.string(),
    path: v.string(),
    // Folders have none that means anything.
    size: wholeNumber(0),
    oid: sha1,
    lfs: v.optional(v.object({
      oid: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")),
      size: wholeNumber(0),
    })),
  }));

/** Whether a value is a commit's name in full. */
export function isCommit(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{40}$/.test(value);
}

/** Whether a value describes a branch. */
export function isBranch(value: unknown): value is Branch {
  const { name, commit } = (value ?? {}) as Partial<Branch>;
  return typeof name === "string" && isCommit(commit);
}

/** Whether a value describes a file; its content's name is safe to use in a path. */
export function isListedFile(value: unknown): value is ListedFile {
  const { path, size, content } = (value ?? {}) as Partial<ListedFile>;
  return typeof path === "string" && Number.isSafeInteger(size) && size! >= 0 &&
    typeof content === "string" && /^(sha256-[0-9a-f]{64}|git-[0-9a-f]{40})$/.test(content);
}
