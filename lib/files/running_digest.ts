/** A digest that takes its bytes in pieces. */

/** A digest of all parts so far. */
export interface RunningDigest {
  /** Add bytes, or a text in UTF-8. */
  update(part: Uint8Array | string): RunningDigest;
  /** The digest as lower-case hex; nothing can be added after that. */
  hex(): string;
}
