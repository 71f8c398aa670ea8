/** Weights that were saved as a direction v and a length g: w = g · v / ‖v‖ (Salimans & Kingma, 2016). */

import type { RowRange, TensorInfo } from "./checkpoint.ts";
import { decodeValues, isFloatType } from "./decode_values.ts";
import { type MadeTensor, rowCount, rowWidth } from "./merged_weights.ts";
import type { Weights } from "./weights.ts";

/** How torch's two ways of it name the pair: the old hook, and the parametrization. */
const forms = [
  [/^(.*\bweight\w*)_g$/, (name: string) => `${name}_v`, (name: string) => name],
  [
    /^(.*(?:^|\.))parametrizations\.(\w+)\.original0$/,
    (start: string, name: string) => `${start}parametrizations.${name}.original1`,
    (start: string, name: string) => `${start}${name}`,
  ],
] as const;

/** A pair of tensors, the name that their product has without the pair, and the axis that each length is of. */
export interface NormPair {
  readonly g: TensorInfo;
  readonly v: TensorInfo;
  readonly name: string;
  /** `null` where one length is that of the whole tensor. */
  readonly axis: number | null;
}

/** The pairs among some tensors. */
export function weightNormPairs(tensors: ReadonlyMap<string, TensorInfo>): NormPair[] {
  return [...tensors.values()].flatMap((g) => {
    for (const [form, other, product] of forms) {
      const parts = form.exec(g.name)?.slice(1) as [string, string] | undefined;
      const v = parts && tensors.get(other(...parts));
      if (v === undefined) continue;
      const axis = lengthAxis(g, v), name = product(...parts!);
      if (axis === undefined || tensors.has(name)) continue;
      return [{ g, v, name, axis }];
    }
    return [];
  });
}

/** The axis that the lengths lie on, `null` if there is one for all; `undefined` if the two are no such pair. */
function lengthAxis(g: TensorInfo, v: TensorInfo): number | null | undefined {
  if (!isFloatType(g.dtype) || !isFloatType(v.dtype) || v.shape.length < 2) return undefined;
  if (v.shape.includes(0)) return undefined;
  if (g.shape.length < 2 && g.shape.every((size) => size === 1)) return null;
  if (g.shape.length !== v.shape.length) return undefined;
  const long = g.shape.flatMap((size, axis) => size === 1 ? [] : [axis]);
  if (long.length > 1 || long.some((axis) => g.shape[axis] !== v.shape[axis])) return undefined;
  return long[0] ?? null;
}

/** Values that are looked at together while norms are taken. */
const MOST_VALUES = 1 << 20;

/** The product of a pair, made as it is read; where lengths are not those of rows, the first reading takes all norms. */
export function normedTensor(weights: Weights, { g, v, axis }: NormPair): MadeTensor {
  const width = rowWidth(v);
  const inner = axis === null ? 1 : rowWidth({ shape: v.shape.slice(axis) });
  /** Which length the value at a place of the whole tensor has. */
  const lengthOf = (place: number) =>
    axis === null ? 0 : Math.floor(place / inner) % v.shape[axis]!;
  const read = async (name: string, rows?: readonly RowRange[]) =>
    decodeValues(await weights.read(name, rows));
  const allNorms = async () => {
    const squares = new Float64Array(axis === null ? 1 : v.shape[axis]!);
    const end = v.shape[0]!, together = Math.max(1, Math.floor(MOST_VALUES / width));
    for (let row = 0; row < end; row += together) {
      const values = await read(v.name, [{ start: row, end: Math.min(end, row + together) }]);
      for (let i = 0; i < values.length; i++) {
        squares[lengthOf(row * width + i)]! += values[i]! ** 2;
      }
    }
    return squares.map(Math.sqrt);
  };
  let norms: Promise<Float64Array> | undefined;
  return {
    shape: v.shape,
    dtype: v.dtype === "F64" ? "F64" : "F32",
    needs: (rows) => [
      { weights, request: { name: v.name, ...axis === 0 && { rows } } },
      { weights, request: { name: g.name } },
    ],
    async make(rows) {
      const lengths = await read(g.name), values = await read(v.name, rows);
      const all = axis === 0 ? null : await (norms ??= allNorms());
      const made = new Float64Array(rowCount(rows) * width);
      let i = 0;
      for (const { start, end } of rows) {
        for (let row = start; row < end; row++, i += width) {
          const own = values.subarray(i, i + width);
          const norm = all === null ? Math.sqrt(own.reduce((sum, x) => sum + x * x, 0)) : 0;
          for (let column = 0; column < width; column++) {
            const length = lengthOf(row * width + column);
            made[i + column] = own[column]! * (lengths[length]! / (all?.[length] ?? norm));
          }
        }
      }
      return made;
    },
  };
}
