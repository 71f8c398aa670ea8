/** What every format of weights offers once it is opened: tensors, read by ranges of rows. */

import { closest } from "fastest-levenshtein";
import { sha256 } from "../files/digest.ts";
import { shown } from "../messages/shown.ts";
import type { ByteRange, ByteSource } from "./byte_source.ts";
import type {
  Checkpoint,
  FloatType,
  RowRange,
  StoredValues,
  TensorInfo,
  TensorRows,
} from "./checkpoint.ts";
import { bytesPerValue, floatTypes, isFloatType } from "./decode_values.ts";
import { gatherRows, mergeAdjacentRows, runsOfRows, type StridedView } from "./strided_rows.ts";

/** Memory that is offered to be read into. */
export type Memory = Uint8Array<ArrayBuffer>;

/** Ranges of one file. */
export interface FileRanges {
  readonly file: ByteSource;
  readonly ranges: readonly ByteRange[];
}

/** The tensors of one weights file, or of several that belong together. */
export abstract class Weights {
  /** Every tensor by name. */
  abstract readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** The entry of the file that they were taken from, where it holds more than them; `null` else. */
  readonly entry: string | null = null;
  /** What the file itself says of the model, as a `config.json` would; `null` where it says nothing. */
  readonly config: Readonly<Record<string, unknown>> | null = null;
  /** The network as data where the file itself says which tensor feeds which, `null` else. */
  readonly architecture: object | null = null;

  /** Names of the tensors by the file that holds them; all together unless they are in several. */
  get parts(): readonly (readonly string[])[] {
    return [[...this.tensors.keys()]];
  }

  /**
   * SHA-256 over the file as lower-case hex; of several files, over the sorted lines
   * `<digest>  <file name>\n`, as `sha256sum <files> | LC_ALL=C sort | sha256sum` gives it.
   */
  abstract digest(): Promise<string>;

  /** Read a tensor, or ranges of its rows in the order given; see `Checkpoint.read`. */
  async read(name: string, rows?: readonly RowRange[], into?: Memory): Promise<StoredValues> {
    return (await this.readAll([{ name, rows }], into))[0]!;
  }

  /**
   * Read several at once, in the order given: what lies in one file is asked for in one `ByteSource.read`. Memory that is
   * offered is used where all of it lies in one file.
   */
  abstract readAll(requests: readonly TensorRows[], into?: Memory): Promise<StoredValues[]>;

  /** The bytes that {@linkcode readAll} would ask each file for, so that a plan can be made of them. */
  abstract ranges(requests: readonly TensorRows[]): Promise<FileRanges[]>;
}

/**
 * Weights as a checkpoint.
 *
 * @param key The entry of the file that was asked for; another entry of the same file is another checkpoint.
 */
export function checkpointOf(
  weights: Weights,
  about: Pick<Checkpoint, "model" | "step" | "source" | "config">,
  key?: string,
): Checkpoint {
  const ofKey = (digest: string) =>
    key === undefined ? digest : sha256().update(`${digest} ${key}`).hex();
  return {
    ...about,
    config: about.config ?? weights.config,
    tensors: weights.tensors,
    parts: weights.parts,
    ...weights.architecture !== null && { declared: { architecture: weights.architecture } },
    ...weights.entry !== null && { entry: weights.entry },
    digest: async () => ofKey(await weights.digest()),
    read: (name, rows, into) => weights.read(name, rows, into),
    readAll: (requests, into) => weights.readAll(requests, into),
  };
}

/** Values that lie in the file in groups of their own form, and are given as F32. */
export interface Packing {
  /** Values of a group, all of them in one row; rows have no part of a group. */
  readonly values: number;
  /** Bytes of a group. */
  readonly bytes: number;
  /** The values of some groups. */
  readonly unpack: (groups: Uint8Array) => Float32Array<ArrayBuffer>;
}

/** A tensor as a view of values in a file. */
export interface FileTensor extends TensorInfo {
  /** How many values, or groups of them, apart neighbours on each axis lie in the file. */
  readonly strides: readonly number[];
  /** How its values lie in groups; they are then given as F32. */
  readonly packing?: Packing;
}

/** Tensors of one file, checked to lie inside it. */
export class FileWeights<T extends FileTensor> extends Weights {
  /** @param locate The first byte of each of some tensors, which may need a look into the file. */
  constructor(
    private readonly file: ByteSource,
    readonly tensors: ReadonlyMap<string, T>,
    private readonly locate: (tensors: readonly T[]) => readonly number[] | Promise<number[]>,
    override readonly entry: string | null = null,
    override readonly architecture: object | null = null,
    override readonly config: Readonly<Record<string, unknown>> | null = null,
  ) {
    super();
  }

  digest(): Promise<string> {
    return this.file.digest();
  }

  async readAll(requests: readonly TensorRows[], into?: Memory): Promise<StoredValues[]> {
    const { wanted, ranges } = await this.#plan(requests);
    const parts = await this.file.read(ranges, into);
    let used = 0;
    return wanted.map(({ dtype, shape, view, rows, runs, packing }) => {
      const own = parts.slice(used, used += runs.length);
      if (rows.length === 0) return { dtype, shape, bytes: new Uint8Array(0) };
      const bytes = gatherRows(view, rows, runs, own, packing?.bytes ?? bytesPerValue.get(dtype)!);
      return {
        dtype,
        shape,
        bytes: packing ? new Uint8Array(packing.unpack(bytes).buffer) : bytes,
      };
    });
  }

  async ranges(requests: readonly TensorRows[]): Promise<FileRanges[]> {
    return [{ file: this.file, ranges: (await this.#plan(requests)).ranges }];
  }

  /** What is wanted of each tensor, and the ranges of the file that hold it, those of one tensor after another. */
  async #plan(requests: readonly TensorRows[]) {
    const wanted = requests.map(({ name, rows }) => rowsToRead(this.#tensor(name, rows), rows));
    const begins = await this.locate(requests.map(({ name }) => this.tensors.get(name)!));
    const ranges = wanted.flatMap(({ dtype, runs, packing }, i): ByteRange[] => {
      const begin = begins[i]!, size = packing?.bytes ?? bytesPerValue.get(dtype)!;
      const byteOf = (value: number) => begin + value * size;
      return runs.map(({ start, end }) => ({ start: byteOf(start), end: byteOf(end) }));
    });
    return { wanted, ranges };
  }

  /** The tensor of a request, checked to be one of weights and to have the rows. */
  #tensor(name: string, rows?: readonly RowRange[]): T & { readonly dtype: FloatType } {
    const tensor = this.tensors.get(name), { source } = this.file;
    if (!tensor) throw new Error(noSuchTensor(source, name, this.tensors));
    const { shape, packing } = tensor, dtype = packing ? "F32" : tensor.dtype, size = shape[0]!;
    const label = `tensor ${shown(name)} of ${source}`;
    if (!isFloatType(dtype)) {
      const readable = `${floatTypes.join(", ")} can`;
      throw new Error(
        `${label} is stored as ${dtype}, which cannot be read as weights; ${readable}`,
      );
    }
    if (rows && !shape.length) throw new Error(`${label} is a single number and has no rows`);
    for (const { start, end } of rows ?? []) {
      const whole = Number.isInteger(start) && Number.isInteger(end);
      if (whole && 0 <= start && start <= end && end <= size) continue;
      throw new Error(`rows ${start} to ${end} of ${label} do not exist; it has ${size}`);
    }
    return { ...tensor, dtype };
  }
}

/** Rows of a tensor, a scalar as a row of one value, and the runs of the file's values that hold them. */
function rowsToRead(
  { dtype, shape, strides, packing }: FileTensor & { readonly dtype: FloatType },
  rows?: readonly RowRange[],
) {
  const groups = packing ? [...shape.slice(0, -1), shape.at(-1)! / packing.values] : shape;
  const view: StridedView = shape.length === 0
    ? { shape: [1], strides: [1] }
    : { shape: groups, strides };
  const wanted = rows ?? [{ start: 0, end: view.shape[0]! }];
  const count = wanted.reduce((sum, { start, end }) => sum + end - start, 0);
  const ranges = shape.includes(0) ? [] : mergeAdjacentRows(wanted);
  const read = shape.length === 0 ? [] : [count, ...shape.slice(1)];
  return { dtype, shape: read, view, rows: ranges, runs: runsOfRows(view, ranges), packing };
}

/** The message that a name is none of the tensors', with the nearest that is. */
export function noSuchTensor(
  source: string,
  name: string,
  tensors: ReadonlyMap<string, TensorInfo>,
): string {
  const names = [...tensors.keys()];
  const nearest = names.length > 0 && `the nearest is ${shown(closest(name, names))}`;
  return `${source} has no tensor ${shown(name)}; ${nearest || "it is empty"}`;
}
