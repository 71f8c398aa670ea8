/** What a checkpoint is to the rest of the house: named tensors whose rows can be read one range at a time. */

import type { ByteSource } from "./byte_source.ts";
import type { TransferPlan } from "./hub/transfer_plan.ts";

/** Number formats a weight can be stored in; the names are those of safetensors. */
export type FloatType = "F64" | "F32" | "F16" | "BF16";

/** Name, number format and shape of one stored tensor; no values. */
export interface TensorInfo {
  /** The tensor's name in its file, e.g. `gpt_neox.layers.0.attention.dense.weight`. */
  readonly name: string;
  /** Stored number format: a {@linkcode FloatType}, or another safetensors dtype that can be listed but not read as weights. */
  readonly dtype: string;
  /** Sizes, outermost first; a matrix is `[rows, columns]`. */
  readonly shape: readonly number[];
}

/** Rows `start` to `end` (exclusive) of a tensor's first axis. */
export interface RowRange {
  /** First row, from 0. */
  readonly start: number;
  /** One past the last row. */
  readonly end: number;
}

/** A tensor, or some ranges of its rows. */
export interface TensorRows {
  /** The tensor's name. */
  readonly name: string;
  /** Its rows, in the order wanted; all of the tensor unless given. */
  readonly rows?: readonly RowRange[] | undefined;
}

/** Values as they lie in the file: little-endian bytes of one float format, rows in the order asked for. */
export interface StoredValues {
  /** Number format of {@linkcode bytes}. */
  readonly dtype: FloatType;
  /** Shape of what was read: as the tensor's, with the number of rows read in front. */
  readonly shape: readonly number[];
  /** The values, row-major. */
  readonly bytes: Uint8Array;
}

/**
 * One model at one training step, wherever its bytes are.
 *
 * @category Checkpoints
 */
export interface Checkpoint {
  /** The model's name, e.g. `nano-64`. */
  readonly model: string;
  /** The training step, or `null` where the source does not tell. */
  readonly step: number | null;
  /** Where it was opened from: a path or an address, for messages. */
  readonly source: string;
  /** The parsed `config.json`, or `null` where there is none. */
  readonly config: Readonly<Record<string, unknown>> | null;
  /** What was said of its network by whoever opened it or by its file, for the room that knows networks; see `detectArchitecture`. */
  readonly declared?: object | undefined;
  /** Every tensor by name. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /**
   * The entry of a file of `torch.save` that the tensors were taken from, such as `model_state_dict`; only where the file holds
   * more than them.
   */
  readonly entry?: string;
  /**
   * Names of the tensors by the file that holds them, one list for each; only where the tensors come from files as they are or are
   * merged from them, not where they are made up.
   */
  readonly parts?: readonly (readonly string[])[];
  /**
   * SHA-256 over the weights' file, and over the key of the entry where one was asked for, as lower-case hex: two equal digests
   * are two equal checkpoints.
   */
  digest(): Promise<string>;
  /**
   * Read a tensor, or only some ranges of its rows, in the order of `rows`.
   * Rejects if the name is unknown, the dtype is no {@linkcode FloatType}, or a range leaves the tensor.
   *
   * Who reads a lot, a piece at a time, can offer memory that is used again: a source that can reads `into` it, and what it
   * returns lies there.
   */
  read(
    name: string,
    rows?: readonly RowRange[],
    into?: Uint8Array<ArrayBuffer>,
  ): Promise<StoredValues>;
  /**
   * Read several at once, in the order given, which takes less time than one after another; only sources that hold the
   * values as they are have this. Memory can be offered for all of them together.
   */
  readAll?(
    requests: readonly TensorRows[],
    into?: Uint8Array<ArrayBuffer>,
  ): Promise<StoredValues[]>;
  /**
   * Bring what is going to be read close by, all of it together; only sources that are far away have this. Asking for
   * all rows of all samples at once costs the fewest requests.
   */
  prefetch?(requests: readonly TensorRows[]): Promise<void>;
  /** What {@linkcode prefetch} would move, a plan for each file of weights; only sources that are far away have this. */
  plan?(requests: readonly TensorRows[]): Promise<readonly TransferPlan[]>;
}

/**
 * The checkpoints of one model over training, opened one at a time.
 *
 * @category Checkpoints
 */
export interface CheckpointRun {
  /** The model's name, used in tables and file names. */
  readonly model: string;
  /** Where the checkpoints are: a path or an address, for messages. */
  readonly source: string;
  /** The training steps there are, ascending. */
  readonly steps: readonly number[];
  /** Those that are taken where none are asked for, if not all: of a Pythia on the hub the steps with published scores. */
  readonly usualSteps?: readonly number[];
  /** Other steps of the source, which {@linkcode listedDigests} knows too: each may hold the weights that one of these should. */
  readonly setAside?: readonly number[];
  /** What is known to be wrong or unusual with this model, one sentence each. */
  readonly warnings?: readonly string[];
  /**
   * Digests of the files that hold the weights of a step, where the source lists them, so that they need not be read;
   * equal digests are equal files.
   */
  listedDigests?(step: number): Promise<readonly string[]>;
  /** A file that lies beside the checkpoints, such as `scores.csv`, `null` where there is none; only runs that come from a folder have this. */
  file?(name: string): Promise<ByteSource | null>;
  /** The commit that the checkpoint of a step is read from; only of a source that keeps versions. */
  commitOf?(step: number): string;
  /** Open the checkpoint of a step; rejects with the steps that exist if it is not among them. */
  checkpoint(step: number): Promise<Checkpoint>;
}
