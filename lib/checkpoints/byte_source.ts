/** Where the bytes of one file come from, so that formats need not know whether it is on disk or on a hub. */

/** Bytes `start` to `end` (exclusive) of a file. */
export interface ByteRange {
  /** First byte, from 0. */
  readonly start: number;
  /** One past the last byte. */
  readonly end: number;
}

/** One file that can be read in ranges. */
export interface ByteSource {
  /** Path or address, for messages. */
  readonly source: string;
  /** Size of the whole file in bytes. */
  readonly size: number;
  /** The entry of another file that it is, where it is one. */
  readonly entry?: string;
  /**
   * Read ranges, in the order given, one after another in memory or each in memory of its own; into the memory that is offered,
   * where all of them fit and the source can. All that are known to be needed should be asked for
   * together: a source may merge, reorder or fetch several at a time.
   * Rejects if a range leaves the file, or the file is no longer the one that was opened.
   */
  read(ranges: readonly ByteRange[], into?: Uint8Array<ArrayBuffer>): Promise<Uint8Array[]>;
  /** SHA-256 over the whole file as lower-case hex; from what the source says of it where it does. */
  digest(): Promise<string>;
}

/** Read a single range of a file. */
export async function readRange(file: ByteSource, start: number, end: number): Promise<Uint8Array> {
  return (await file.read([{ start, end }]))[0]!;
}

/** Refuse ranges that leave a file. */
export function checkRanges(
  { source, size }: Pick<ByteSource, "source" | "size">,
  ranges: readonly ByteRange[],
): void {
  for (const { start, end } of ranges) {
    if (0 <= start && start <= end && end <= size) continue;
    throw new Error(`bytes ${start} to ${end} of ${source} do not exist; it has ${size}`);
  }
}
