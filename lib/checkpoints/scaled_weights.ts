/** Weights of 8-bit floating-point numbers with the scales that lie beside them, as values. */

import { shown } from "../messages/shown.ts";
import type { StoredValues, TensorInfo, TensorRows } from "./checkpoint.ts";
import { decodeValues, halfValue, isFloatType } from "./decode_values.ts";
import { type FileRanges, type Packing, Weights } from "./weights.ts";

/** The numbers of all codes of 8 bits: E5M2 is the upper half of a half-precision number, E4M3 has no infinity. */
const codes: ReadonlyMap<string, (code: number) => number> = new Map([
  ["F8_E5M2", (code: number) => halfValue(code << 8)],
  ["F8_E4M3", (code: number) => {
    const exponent = code >> 3 & 15, fraction = code & 7, sign = code & 128 ? -1 : 1;
    if (exponent === 15 && fraction === 7) return NaN;
    return sign * (exponent === 0 ? fraction * 2 ** -9 : (8 + fraction) * 2 ** (exponent - 10));
  }],
]);

/** How numbers of 8 bits are given as F32 without their scales, by their format; those of other formats are not read. */
export const packingOf8Bits: ReadonlyMap<string, Packing> = new Map(
  [...codes].map(([dtype, numberOf]) => {
    const numbers = Float32Array.from({ length: 256 }, (_, code) => numberOf(code));
    return [dtype, {
      ...{ values: 1, bytes: 1 },
      unpack: (bytes: Uint8Array) => Float32Array.from(bytes, (code) => numbers[code]!),
    }];
  }),
);

/** Rows and columns of a block with one scale, as DeepSeek's files have them. */
const BLOCK = 128;

/** A scale of a matrix: its tensor, and how many rows and columns have one value of it. */
interface Scale {
  readonly tensor: string;
  readonly rows: number;
  readonly columns: number;
  /** Values of the scale in each of its rows. */
  readonly across: number;
}

/**
 * Weights with their 8-bit numbers as F32, multiplied by the scales that are named after them (`weight_scale_inv`,
 * `weight_scale`, `scale_weight`), which are no tensors any more; the weights themselves where none are of 8 bits. Those whose
 * scale is of another kind keep their format and cannot be read.
 */
export function withScales(weights: Weights): Weights {
  const eight = [...weights.tensors.values()].filter(({ dtype }) => codes.has(dtype));
  if (eight.length === 0) return weights;
  const scales = new Map<string, Scale | null>();
  // Names with a scale in them, by what they begin with: few, and looked for by each weight.
  const named = [...weights.tensors.keys()].filter((name) => /scale/i.test(name));
  const byOwner = Map.groupBy(named, ownerOf);
  for (const tensor of eight) {
    const scale = scaleOf(tensor, byOwner.get(ownerOf(tensor.name)) ?? [], weights);
    if (scale !== undefined) scales.set(tensor.name, scale);
  }
  return new ScaledWeights(weights, scales);
}

/** What the names of a weight and of its scales have in common: all but the last part. */
function ownerOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(".")));
}

/** The scale of a tensor, `null` where it has none, `undefined` where it is of an unknown kind. */
function scaleOf(
  { name, shape }: TensorInfo,
  beside: readonly string[],
  { tensors }: Weights,
): Scale | null | undefined {
  // Those of what goes in and out, and of keys and values that are kept, are no scales of weights.
  const own = beside.filter((other) =>
    !/(input|output|act|[kqv]|prob)_scale|scale_(input|output)/i.test(other)
  );
  if (own.length === 0) return null;
  const last = name.slice(name.lastIndexOf(".") + 1);
  const known = own.filter((other) => {
    const end = other.slice(other.lastIndexOf(".") + 1);
    return [`${last}_scale_inv`, `${last}_scale`, `scale_${last}`].includes(end);
  });
  // With several weights in one module, such as fused experts, each has a scale of its own name.
  if (known.length !== 1 || own.length > 1 && last === "weight") return undefined;
  const [tensor] = known as [string], { dtype, shape: sizes } = tensors.get(tensor)!;
  const [rows = 1, columns = 1, ...more] = shape;
  if (!isFloatType(dtype) || more.length > 0) return undefined;
  const is = (...wanted: number[]) => sizes.join() === wanted.join();
  if (sizes.every((size) => size === 1)) return { tensor, rows, columns, across: 1 };
  if (is(rows) || is(rows, 1)) return { tensor, rows: 1, columns, across: 1 };
  const across = Math.ceil(columns / BLOCK);
  if (is(Math.ceil(rows / BLOCK), across)) return { tensor, rows: BLOCK, columns: BLOCK, across };
  return undefined;
}

class ScaledWeights extends Weights {
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  override readonly entry: string | null;
  override readonly architecture: object | null;

  constructor(
    private readonly inner: Weights,
    private readonly scales: ReadonlyMap<string, Scale | null>,
  ) {
    super();
    this.entry = inner.entry;
    this.architecture = inner.architecture;
    const applied = new Set([...scales.values()].map((scale) => scale?.tensor));
    this.tensors = new Map([...inner.tensors].flatMap(([name, tensor]) => {
      if (applied.has(name)) return [];
      return [[name, scales.has(name) ? { ...tensor, dtype: "F32" } : tensor]];
    }));
  }

  digest(): Promise<string> {
    return this.inner.digest();
  }

  async readAll(requests: readonly TensorRows[]): Promise<StoredValues[]> {
    const all = this.#withTheirScales(requests);
    const values = await this.inner.readAll(all);
    const scaleValues = new Map(
      all.slice(requests.length).map((
        { name },
        i,
      ) => [name, decodeValues(values[requests.length + i]!)]),
    );
    requests.forEach(({ name, rows }, i) => {
      const scale = this.scales.get(name);
      if (scale) {
        multiply(
          values[i]!,
          rows ?? [{ start: 0, end: values[i]!.shape[0] ?? 1 }],
          scale,
          scaleValues.get(scale.tensor)!,
        );
      }
    });
    return values.slice(0, requests.length);
  }

  async ranges(requests: readonly TensorRows[]): Promise<FileRanges[]> {
    return await this.inner.ranges(this.#withTheirScales(requests));
  }

  #withTheirScales(requests: readonly TensorRows[]): TensorRows[] {
    for (const { name } of requests) {
      const { dtype } = this.tensors.get(name) ?? {};
      if (dtype === undefined || !codes.has(dtype)) continue;
      throw new Error(
        `tensor ${
          shown(name)
        } is stored as ${dtype} with a scale of a kind that is not known, so it cannot be read as ` +
          "weights; convert the checkpoint to bfloat16",
      );
    }
    const names = new Set(requests.flatMap(({ name }) => this.scales.get(name)?.tensor ?? []));
    return [...requests, ...[...names].map((name) => ({ name }))];
  }
}

/** Multiply rows of a matrix, whose bytes are its own, by their scales. */
function multiply(
  { shape, bytes }: StoredValues,
  ranges: NonNullable<TensorRows["rows"]>,
  { rows, columns, across }: Scale,
  scales: Float64Array,
) {
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const width = shape.slice(1).reduce((product, size) => product * size, 1);
  let i = 0;
  for (const { start, end } of ranges) {
    for (let row = start; row < end; row++) {
      const first = Math.floor(row / rows) * across;
      for (let column = 0; column < width; column++) {
        values[i++]! *= scales[first + Math.floor(column / columns)]!;
      }
    }
  }
}
