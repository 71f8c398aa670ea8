/** Low-rank adapters (LoRA; Hu et al., 2021), added to the weights that they were trained beside: W + scale · B A. */

import { shown, shownName, someNames } from "../messages/shown.ts";
import type { AdapterConfig } from "./adapter_config.ts";
import type { RowRange, TensorInfo } from "./checkpoint.ts";
import { decodeValues, isFloatType } from "./decode_values.ts";
import { type MadeTensor, rowCount, rowWidth, type StoredPlace } from "./merged_weights.ts";
import type { Weights } from "./weights.ts";

/** A matrix of an adapter: its module, `embedding_` for a table of embeddings, which of the two, and the adapter's name. */
const LORA = /^(.*)\.lora_(embedding_)?([AB])(?:\.(?!weight$)([^.]+))?(?:\.weight)?$/;

/** Tensors of adapters that are no pair of low rank alone. */
const OTHERS =
  /(^|\.)(lora_magnitude_vector|lora_[EGud]\w*|ranknum|hada_[wt]\w+|lokr_\w+|ia3_l|vera_lambda_\w+|randlora_\w+|vblora_\w+|b?oft_\w+|fourierft_spectrum|prompt_embeddings|adapter_(down|up))(\.|$)/;

/** What an adapter adds to a module's weights. */
export interface LowRankPair {
  /** The module that it belongs to, as it is named in the adapter. */
  readonly module: string;
  /** Whether the module is a table of embeddings, whose adapter is stored turned. */
  readonly embedding: boolean;
  /** [rank, in]. */
  readonly a: TensorInfo;
  /** [out, rank]. */
  readonly b: TensorInfo;
}

/** Whether a tensor's name is that of an adapter's matrix. */
export function isLowRank(name: string): boolean {
  return LORA.test(name);
}

/**
 * The adapters among some tensors.
 *
 * @throws {Error} If there are others than pairs of low rank, several for a module, or one of a pair is missing.
 */
export function lowRankPairs(
  tensors: ReadonlyMap<string, TensorInfo>,
  source: string,
): LowRankPair[] {
  const others = [...tensors.keys()].filter((name) => OTHERS.test(name));
  if (others.length > 0) {
    throw new Error(
      `${source} holds an adapter of another kind than LoRA (${
        someNames(others)
      }), which cannot be ` +
        "merged here; merge the adapter into the model and save that",
    );
  }
  const found = new Map<string, Partial<Record<"A" | "B", TensorInfo>>>();
  const names = new Set<string>();
  for (const [name, tensor] of tensors) {
    const [, module, embedding = "", letter, adapter = ""] = LORA.exec(name) ?? [];
    if (module === undefined) continue;
    names.add(adapter);
    const key = `${embedding}${module}`, pair = found.get(key) ?? {};
    found.set(key, { ...pair, [letter as "A" | "B"]: tensor });
  }
  if (names.size > 1) {
    throw new Error(
      `${source} holds several adapters (${
        someNames([...names].map((name) => name || "one without a name"))
      }); ` +
        "save the model with one of them, or merged",
    );
  }
  return [...found].map(([key, { A: a, B: b }]) => {
    const embedding = key.startsWith("embedding_");
    const module = embedding ? key.slice("embedding_".length) : key;
    if (a && b) return { module, embedding, a, b };
    const [there, lacking] = a ? ["lora_A", "lora_B"] : ["lora_B", "lora_A"];
    throw new Error(
      `${source} has ${there} of the adapter of ${
        shown(module)
      } but not ${lacking}; save the merged model`,
    );
  });
}

/** Ranks up to this one are met with layers of any size; more than a layer has neurons is work without end. */
const USUAL_RANK = 64;

/** How a matrix is stored. */
type Orientation = "out, in" | "in, out";

/**
 * Which product of two matrices is added to each of the parts that a module's outputs are cut into,
 * `null` where none is: one to all of them in most adapters. Where several matrices are fused, as
 * loralib's `MergedLinear` adapts them, A and B hold the products of the adapted parts one below
 * the other.
 */
type Products = readonly (number | null)[];

/**
 * The products that an adapter may hold: one, one for each part, or one for those that the config
 * enables.
 */
function* possibleProducts({ a, b }: LowRankPair, { enabled }: AdapterConfig): Generator<Products> {
  yield [0];
  const count = a.shape[0]! / b.shape[1]!;
  if (1 < count && count <= MOST_PRODUCTS && Number.isInteger(count)) {
    yield Array.from({ length: count }, (_, i) => i);
  }
  let products = 0;
  if (enabled !== null) yield enabled.map((part) => part ? products++ : null);
}

/** More products than any fused matrix has parts. */
const MOST_PRODUCTS = 16;

/** How an adapter is added to a tensor. */
interface Fit {
  readonly products: Products;
  /** The orientations in which it fits. */
  readonly orientations: readonly Orientation[];
}

function fitOf(tensor: TensorInfo, pair: LowRankPair, config: AdapterConfig): Fit | null {
  for (const products of possibleProducts(pair, config)) {
    const fitting = orientations(tensor, pair, products);
    if (fitting.length > 0) return { products, orientations: fitting };
  }
  return null;
}

/** The orientations in which an adapter of some products fits a tensor. */
function orientations(
  { shape }: TensorInfo,
  { a, b, embedding }: LowRankPair,
  products: Products,
): Orientation[] {
  const [ranks, ...from] = a.shape, [rows, rank, ...positions] = b.shape;
  const count = products.filter((product) => product !== null).length;
  const to = rows! / count * products.length;
  if (ranks !== rank! * count || positions.some((size) => size !== 1)) return [];
  const columns = rowWidth(a);
  const outIn = !embedding && shape[0] === to && from.every((size, i) => shape[i + 1] === size) &&
    shape.length === a.shape.length;
  const inOut = shape.length === 2 && shape[0] === columns && shape[1] === to && from.length === 1;
  return [...outIn ? ["out, in"] as const : [], ...inOut ? ["in, out"] as const : []];
}

/** An adapter and the tensor that it is added to. */
export interface AdaptedTensor {
  readonly pair: LowRankPair;
  readonly base: StoredPlace;
}

/**
 * The sums of some tensors and their adapters, made as they are read; `adapters` holds the pairs.
 * `by` is what they follow from beside the values.
 *
 * @throws {Error} If an adapter does not fit its tensor.
 */
export function adaptedTensors(
  adapted: readonly AdaptedTensor[],
  adapters: Weights,
  config: AdapterConfig,
  source: string,
): { readonly tensors: MadeTensor[]; readonly by: string } {
  const fits = adapted.map(({ pair, base: { weights, name } }) => {
    const tensor = weights.tensors.get(name)!, fit = fitOf(tensor, pair, config);
    const { a, b } = pair, rank = b.shape[1]!;
    const isReadable = [tensor, a, b].every(({ dtype }) => isFloatType(dtype));
    if (fit && isReadable && rank > 0 && rank <= Math.max(USUAL_RANK, ...tensor.shape)) return fit;
    const sizes = `${shown(a.shape)} and ${shown(b.shape)} (${a.dtype})`;
    throw new Error(
      `${source} has an adapter of ${sizes} for ${shownName(name)} of ${
        shown(tensor.shape)
      } (${tensor.dtype}), ` +
        "which is no sum of one low-rank product; merge the adapter into the model and save that, or, where it adapts " +
        "some of several matrices that are fused, say which by enable_lora in its config, such as [true, false, true]",
    );
  });
  const turned = turnsSquares(adapted, fits, config);
  const kept = new LastPair(adapters);
  const scales = adapted.map(({ pair }) => config.scaleOf(pair.module, pair.b.shape[1]!));
  const tensors = adapted.map(({ pair, base }, i) => {
    const { products, orientations: [first, second] } = fits[i]!;
    const orientation = second === undefined ? first! : turned ? "in, out" : "out, in";
    return adaptedTensor(pair, base, { orientation, products, scale: scales[i]! }, kept);
  });
  const by = scales.map((scale, i) => [scale, ...fits[i]!.products.slice(1)].join(" "));
  return { tensors, by: by.join("\n") };
}

/** How square matrices are stored: as the others of the model are, as the config says, or as GPT-2's are. */
function turnsSquares(
  adapted: readonly AdaptedTensor[],
  fits: readonly Fit[],
  { transposed }: AdapterConfig,
): boolean {
  const [told] =
    fits.find(({ orientations }, i) => orientations.length === 1 && !adapted[i]!.pair.embedding)
      ?.orientations ?? [];
  if (told !== undefined) return told === "in, out";
  const tensors = adapted[0]?.base.weights.tensors ?? new Map<string, TensorInfo>();
  const fused = [...tensors.values()].find(({ name }) => /(^|\.)c_attn\.weight$/.test(name));
  return transposed || (fused !== undefined && fused.shape[0]! < fused.shape[1]!);
}

function adaptedTensor(
  pair: LowRankPair,
  { weights, name }: StoredPlace,
  { orientation, products, scale }: {
    readonly orientation: Orientation;
    readonly products: Products;
    readonly scale: number;
  },
  kept: LastPair,
): MadeTensor {
  const { dtype, shape } = weights.tensors.get(name)!;
  const { a, b } = pair, rank = b.shape[1]!, inputs = rowWidth(a);
  const width = rowWidth({ shape });
  const size = b.shape[0]! / products.filter((product) => product !== null).length;
  return {
    shape,
    dtype: dtype === "F64" ? "F64" : "F32",
    needs: (rows) => [
      { weights, request: { name, rows } },
      { weights: kept.weights, request: { name: a.name } },
      { weights: kept.weights, request: { name: b.name } },
    ],
    async make(rows) {
      const { ofA, ofB } = await kept.values(pair);
      const values = decodeValues(await weights.read(name, rows));
      let first = 0;
      for (const row of rowsIn(rows)) {
        const own = values.subarray(first, first += width);
        for (const [part, product] of products.entries()) {
          if (product === null) continue;
          // The part's outputs begin here, and their rows of B and the rows of A that they take
          // begin there.
          const begin = part * size, inB = product * size, inA = product * rank;
          if (orientation === "in, out") {
            for (let r = 0; r < rank; r++) {
              const factor = scale * ofA[(inA + r) * inputs + row]!;
              for (let o = 0; o < size; o++) own[begin + o]! += factor * ofB[(inB + o) * rank + r]!;
            }
          } else if (begin <= row && row < begin + size) {
            for (let r = 0; r < rank; r++) {
              const factor = scale * ofB[(inB + row - begin) * rank + r]!;
              for (let i = 0; i < inputs; i++) own[i]! += factor * ofA[(inA + r) * inputs + i]!;
            }
          }
        }
      }
      return values.subarray(0, rowCount(rows) * width);
    },
  };
}

function* rowsIn(rows: readonly RowRange[]): Generator<number> {
  for (const { start, end } of rows) for (let row = start; row < end; row++) yield row;
}

/** The values of the pair that was read last: neighbouring rows need the same, and those of all modules would fill the memory. */
class LastPair {
  #pair: LowRankPair | null = null;
  #values: Promise<{ ofA: Float64Array; ofB: Float64Array }> | null = null;

  constructor(readonly weights: Weights) {}

  values(pair: LowRankPair): Promise<{ ofA: Float64Array; ofB: Float64Array }> {
    if (this.#pair === pair && this.#values !== null) return this.#values;
    const { a, b } = pair;
    this.#pair = pair;
    this.#values = this.weights.readAll([{ name: a.name }, { name: b.name }])
      .then(([ofA, ofB]) => ({ ofA: decodeValues(ofA!), ofB: decodeValues(ofB!) }));
    this.#values.catch(() => this.#pair === pair && (this.#pair = null));
    return this.#values;
  }
}
