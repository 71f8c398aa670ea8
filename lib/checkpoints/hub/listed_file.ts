/** A file as a hub lists it. */

/** A file of a revision. */
export interface ListedFile {
  /** Its path within the model. */
  readonly path: string;
  /** Its size in bytes. */
  readonly size: number;
  /**
   * What identifies its content, which is safe to use in a path: `sha256-<hex>` of a large file,
   * `git-<hex>` (the blob's SHA-1) of a small one.
   */
  readonly content: string;
}
