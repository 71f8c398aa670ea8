/** What every format of weights offers once it is opened. */

import type { ByteRange, ByteSource } from "./byte_source.ts";
import type { RowRange, StoredValues, TensorInfo, TensorRows } from "./checkpoint.ts";

/** Ranges of one file. */
export interface FileRanges {
  readonly file: ByteSource;
  readonly ranges: readonly ByteRange[];
}

/** The tensors of one weights file, or of several that belong together. */
export abstract class Weights {
  /** Every tensor by name. */
  abstract readonly tensors: ReadonlyMap<string, TensorInfo>;

  /**
   * SHA-256 over the file as lower-case hex; of several files, over the sorted lines
   * `<digest>  <file name>\n`, as `sha256sum <files> | LC_ALL=C sort | sha256sum` gives it.
   */
  abstract digest(): Promise<string>;

  /** Read a tensor, or ranges of its rows in the order given; see `Checkpoint.read`. */
  async read(
    name: string,
    rows?: readonly RowRange[],
    into?: Uint8Array<ArrayBuffer>,
  ): Promise<StoredValues> {
    return (await this.readAll([{ name, rows }], into))[0]!;
  }

  /**
   * Read several at once, in the order given: what lies in one file is asked for in one `ByteSource.read`. Memory that is
   * offered is used where all of it lies in one file.
   */
  abstract readAll(
    requests: readonly TensorRows[],
    into?: Uint8Array<ArrayBuffer>,
  ): Promise<StoredValues[]>;

  /** The bytes that {@linkcode readAll} would ask each file for, so that a plan can be made of them. */
  abstract ranges(requests: readonly TensorRows[]): Promise<FileRanges[]>;
}
