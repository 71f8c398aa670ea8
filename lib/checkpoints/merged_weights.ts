/** Weights as they are when parts that were saved apart are put together: a view that is read by rows like any other. */

import { sha256 } from "../files/digest.ts";
import { shown } from "../messages/shown.ts";
import type { FloatType, RowRange, StoredValues, TensorInfo, TensorRows } from "./checkpoint.ts";
import { type FileRanges, type Memory, noSuchTensor, Weights } from "./weights.ts";

/** Where a tensor of a view lies as it is. */
export interface StoredPlace {
  readonly weights: Weights;
  /** Its name there. */
  readonly name: string;
}

/** A tensor that is made as it is read. */
export interface MadeTensor {
  readonly shape: readonly number[];
  /** What is stored of it as it will be: `F64` where its parts are, `F32` else. */
  readonly dtype: FloatType;
  /** What some rows of it are made of. */
  needs(rows: readonly RowRange[]): readonly { weights: Weights; request: TensorRows }[];
  /** The values of some rows. */
  make(rows: readonly RowRange[]): Promise<Float64Array>;
}

/** A tensor of a view. */
export type MergedTensor = StoredPlace | MadeTensor;

/** A view over weights whose tensors lie elsewhere under another name, or are made of several. */
export class MergedWeights extends Weights {
  override readonly entry: string | null;
  override readonly config: Readonly<Record<string, unknown>> | null;
  override readonly architecture: object | null;
  readonly tensors: ReadonlyMap<string, TensorInfo>;

  /**
   * @param source Where the weights are, for messages.
   * @param merged The tensors by the names that they have here.
   * @param made What the values follow from: weights whose digests tell, and what else decides them.
   */
  constructor(
    private readonly source: string,
    private readonly merged: ReadonlyMap<string, MergedTensor>,
    private readonly made: { readonly of: readonly Weights[]; readonly by?: string },
  ) {
    super();
    this.entry = made.of[0]!.entry;
    this.config = made.of[0]!.config;
    this.architecture = made.of[0]!.architecture;
    this.tensors = new Map([...merged].map(([name, tensor]) => {
      const { dtype, shape } = "make" in tensor ? tensor : tensor.weights.tensors.get(tensor.name)!;
      return [name, { name, dtype, shape }];
    }));
  }

  async digest(): Promise<string> {
    const { of, by } = this.made;
    const digests = await Promise.all(of.map((weights) => weights.digest()));
    if (digests.length === 1 && by === undefined) return digests[0]!;
    return sha256().update([...digests, by].join("\n")).hex();
  }

  async readAll(requests: readonly TensorRows[], into?: Memory): Promise<StoredValues[]> {
    const values: StoredValues[] = [];
    const stored = requests.flatMap(({ name, rows }, place) => {
      const tensor = this.#tensor(name);
      return "make" in tensor ? [] : [{ ...tensor, rows, place }];
    });
    const groups = Map.groupBy(stored, ({ weights }) => weights);
    const memory = groups.size === 1 ? into : undefined;
    for (const [weights, own] of groups) {
      const read = await weights.readAll(own.map(({ name, rows }) => ({ name, rows })), memory);
      own.forEach(({ place }, i) => values[place] = read[i]!);
    }
    for (const [place, { name, rows }] of requests.entries()) {
      const tensor = this.#tensor(name);
      if ("make" in tensor) values[place] = await this.#make(name, tensor, rows);
    }
    return values;
  }

  async ranges(requests: readonly TensorRows[]): Promise<FileRanges[]> {
    const needs = requests.flatMap(({ name, rows }) => {
      const tensor = this.#tensor(name);
      return "make" in tensor
        ? tensor.needs(rows ?? allRows(tensor))
        : [{ weights: tensor.weights, request: { name: tensor.name, rows } }];
    });
    const groups = [...Map.groupBy(needs, ({ weights }) => weights)];
    return (await Promise.all(
      groups.map(([weights, own]) => weights.ranges(own.map(({ request }) => request))),
    )).flat();
  }

  async #make(
    name: string,
    tensor: MadeTensor,
    rows: readonly RowRange[] = allRows(tensor),
  ): Promise<StoredValues> {
    const { shape, dtype } = tensor, size = shape[0]!;
    for (const { start, end } of rows) {
      if (Number.isInteger(start) && Number.isInteger(end)) {
        if (0 <= start && start <= end && end <= size) continue;
      }
      const label = `tensor ${shown(name)} of ${this.source}`;
      throw new Error(`rows ${start} to ${end} of ${label} do not exist; it has ${size}`);
    }
    const values = await tensor.make(rows);
    const stored = dtype === "F64" ? values : new Float32Array(values);
    return {
      dtype,
      shape: [rowCount(rows), ...shape.slice(1)],
      bytes: new Uint8Array(stored.buffer),
    };
  }

  #tensor(name: string): MergedTensor {
    const tensor = this.merged.get(name);
    if (tensor) return tensor;
    throw new Error(noSuchTensor(this.source, name, this.tensors));
  }
}

/** All rows of a tensor. */
export function allRows({ shape }: Pick<TensorInfo, "shape">): RowRange[] {
  return [{ start: 0, end: shape[0]! }];
}

/** How many rows some ranges have. */
export function rowCount(rows: readonly RowRange[]): number {
  return rows.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** The product of all axes but the first. */
export function rowWidth({ shape }: Pick<TensorInfo, "shape">): number {
  return shape.slice(1).reduce((product, size) => product * size, 1);
}
