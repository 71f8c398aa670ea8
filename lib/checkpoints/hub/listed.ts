/** Branches and files as a hub lists them, checked before they are believed. */

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
