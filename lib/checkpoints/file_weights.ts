/** The tensors of one file, read by ranges of rows whatever the file's format. */

import { closest } from "fastest-levenshtein";
import type { ByteRange, ByteSource } from "./byte_source.ts";
import type { FloatType, RowRange, StoredValues, TensorInfo, TensorRows } from "./checkpoint.ts";
import { bytesPerValue, floatTypes, isFloatType } from "./decode_values.ts";
import {
  gatherRows,
  mergeAdjacentRows,
  runsOfRows,
  type StridedView,
  type ValueRun,
} from "./strided_rows.ts";
import { shown } from "../messages/shown.ts";
import { type FileRanges, Weights } from "./weights.ts";

/** A tensor as a view of values in a file. */
export interface FileTensor extends TensorInfo {
  /** How many values apart neighbours on each axis lie in the file. */
  readonly strides: readonly number[];
}

/** Rows to be read: the view they belong to and the runs of its values that hold them. */
interface RowsToRead {
  readonly dtype: FloatType;
  /** Shape of what is wanted. */
  readonly shape: readonly number[];
  /** The tensor, a scalar as a row of one value. */
  readonly view: StridedView;
  readonly ranges: readonly RowRange[];
  readonly runs: readonly ValueRun[];
}

/** Tensors of one file. */
export class FileWeights<T extends FileTensor> extends Weights {
  /**
   * @param file The file.
   * @param tensors What is in it, checked to lie inside it.
   * @param locate The first byte of each of some tensors, which may need a look into the file.
   */
  constructor(
    private readonly file: ByteSource,
    readonly tensors: ReadonlyMap<string, T>,
    private readonly locate: (tensors: readonly T[]) => readonly number[] | Promise<number[]>,
  ) {
    super();
  }

  digest(): Promise<string> {
    return this.file.digest();
  }

  async readAll(
    requests: readonly TensorRows[],
    into?: Uint8Array<ArrayBuffer>,
  ): Promise<StoredValues[]> {
    const wanted = requests.map((request) => this.#rowsToRead(request));
    const parts = await this.file.read(await this.#byteRanges(requests, wanted), into);
    let used = 0;
    return wanted.map(({ dtype, shape, view, ranges, runs }) => {
      const own = parts.slice(used, used += runs.length);
      const valueBytes = bytesPerValue.get(dtype)!;
      const bytes = ranges.length === 0
        ? new Uint8Array(0)
        : gatherRows(view, ranges, runs, own, valueBytes);
      return { dtype, shape, bytes };
    });
  }

  async ranges(requests: readonly TensorRows[]): Promise<FileRanges[]> {
    const wanted = requests.map((request) => this.#rowsToRead(request));
    return [{ file: this.file, ranges: await this.#byteRanges(requests, wanted) }];
  }

  #rowsToRead({ name, rows }: TensorRows): RowsToRead {
    const tensor = this.#tensor(name);
    if (rows) this.#checkRows(tensor, rows);
    const { dtype, shape, strides } = tensor;
    const view = shape.length === 0 ? { shape: [1], strides: [1] } : { shape, strides };
    const wanted = rows ?? [{ start: 0, end: view.shape[0]! }];
    const count = wanted.reduce((sum, { start, end }) => sum + end - start, 0);
    const ranges = shape.includes(0) ? [] : mergeAdjacentRows(wanted);
    return {
      dtype,
      shape: shape.length === 0 ? [] : [count, ...shape.slice(1)],
      view,
      ranges,
      runs: runsOfRows(view, ranges),
    };
  }

  async #byteRanges(
    requests: readonly TensorRows[],
    wanted: readonly RowsToRead[],
  ): Promise<ByteRange[]> {
    const begins = await this.locate(requests.map(({ name }) => this.tensors.get(name)!));
    return wanted.flatMap(({ dtype, runs }, i) => {
      const valueBytes = bytesPerValue.get(dtype)!;
      return runs.map(({ start, end }) => ({
        start: begins[i]! + start * valueBytes,
        end: begins[i]! + end * valueBytes,
      }));
    });
  }

  #tensor(name: string): T & { readonly dtype: FloatType } {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new Error(noSuchTensor(this.file.source, name, this.tensors));
    const { dtype } = tensor;
    if (isFloatType(dtype)) return { ...tensor, dtype };
    throw new Error(
      `tensor ${
        shown(name)
      } of ${this.file.source} is stored as ${dtype}, which cannot be read as ` +
        `weights; ${floatTypes.join(", ")} can`,
    );
  }

  #checkRows({ name, shape }: T, rows: readonly RowRange[]) {
    const tensor = `tensor ${shown(name)} of ${this.file.source}`;
    const size = shape[0];
    if (size === undefined) throw new Error(`${tensor} is a single number and has no rows`);
    for (const { start, end } of rows) {
      const whole = Number.isInteger(start) && Number.isInteger(end);
      if (whole && 0 <= start && start <= end && end <= size) continue;
      throw new Error(`rows ${start} to ${end} of ${tensor} do not exist; it has ${size}`);
    }
  }
}

/** The message that a name is none of the tensors', with the nearest that is. */
export function noSuchTensor(
  source: string,
  name: string,
  tensors: ReadonlyMap<string, TensorInfo>,
): string {
  const names = [...tensors.keys()];
  const advice = names.length === 0
    ? "it is empty"
    : `the nearest is ${shown(closest(name, names))}`;
  return `${source} has no tensor ${shown(name)}; ${advice}`;
}
