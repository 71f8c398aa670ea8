/** Weights with the parts that were saved apart from them put together: weight norms, and low-rank adapters. */

import { shown, someNames } from "../messages/shown.ts";
import { ADAPTER_CONFIG, ADAPTER_FILES, adapterConfig } from "./adapter_config.ts";
import type { ByteSource } from "./byte_source.ts";
import type { TensorInfo } from "./checkpoint.ts";
import { adaptedTensors, isLowRank, type LowRankPair, lowRankPairs } from "./low_rank_adapters.ts";
import { type MergedTensor, MergedWeights, type StoredPlace } from "./merged_weights.ts";
import { readConfigFrom } from "./read_config.ts";
import { normedTensor, weightNormPairs } from "./weight_norm.ts";
import type { Weights } from "./weights.ts";

/** What lies beside a file of weights. */
export interface WeightsSurroundings {
  /** Where the weights are, for messages. */
  readonly source: string;
  /** A file of the same folder, `null` if there is none of that name. */
  find(name: string): Promise<ByteSource | null> | ByteSource | null;
  /** Open a file of weights of the same folder. */
  open(name: string): Promise<Weights>;
  /** The weights of the model that an adapter in this place belongs to, `null` if they are not at hand. */
  base?(): Promise<Weights | null>;
}

/**
 * Weights as a model uses them: pairs of weight norm multiplied out, and low-rank adapters added. Adapters are merged where
 * their matrices are in the file itself, as PEFT and loralib name them, or in an `adapter_model` file beside it, and an
 * `adapter_config.json` tells their scale; those without the model's weights take these from `base`. What there is nothing to
 * do with is returned as it is.
 *
 * @throws {Error} If there is an adapter that cannot be merged; measured without it, the model would be another.
 */
export async function wholeWeights(
  weights: Weights,
  around: WeightsSurroundings,
): Promise<Weights> {
  return withNorms(await withAdapters(weights, around), around.source);
}

function withNorms(weights: Weights, source: string): Weights {
  const pairs = weightNormPairs(weights.tensors);
  if (pairs.length === 0) return weights;
  const merged = placesOf(weights, (name) => name);
  for (const pair of pairs) {
    merged.delete(pair.g.name);
    merged.delete(pair.v.name);
    merged.set(pair.name, normedTensor(weights, pair));
  }
  return new MergedWeights(source, merged, { of: [weights] });
}

async function withAdapters(weights: Weights, around: WeightsSurroundings): Promise<Weights> {
  const { source } = around;
  const own = lowRankPairs(weights.tensors, source);
  const file = own.length > 0 ? undefined : await adapterFile(around);
  if (own.length === 0 && file === undefined) return weights;
  const config = await around.find(ADAPTER_CONFIG);
  if (config === null) {
    const { a: { name, shape: [rank] } } = own[0]!;
    throw new Error(
      `${source} holds low-rank adapters (${
        someNames([name])
      }), and no ${ADAPTER_CONFIG} beside it tells their scale; ` +
        `write one, such as {"r": ${rank}, "lora_alpha": ${rank}} for a scale of 1, or merge the adapter into the model ` +
        "and save that",
    );
  }
  const saved = await readConfigFrom(config), told = adapterConfig(saved, config.source);
  const adapters = file === undefined ? weights : await around.open(file);
  const pairs = file === undefined ? own : lowRankPairs(adapters.tensors, `${source} (${file})`);
  const isWithin = file === undefined &&
    own.some((pair) => targetsOf(pair).some(hasTensor(weights)));
  const base = file !== undefined || isWithin ? weights : await around.base?.() ?? null;
  if (base === null) {
    const { base_model_name_or_path: name } = saved;
    const model = typeof name === "string" && name !== "" ? `, ${shown(name)},` : "";
    throw new Error(
      `${source} holds an adapter and not the weights that it belongs to; put the base model${model} beside it as a folder ` +
        "named base, or merge the adapter into the model and save that",
    );
  }
  const merged = placesOf(base, plainName);
  if (base !== adapters) replaceSaved(merged, adapters);
  else dropReplaced(merged, base);
  const find = finder(merged, pairs, source);
  const adapted = pairs.map((pair) => ({ pair, target: find(pair) }));
  const { tensors, by } = adaptedTensors(
    adapted.map(({ pair, target }) => ({ pair, base: merged.get(target) as StoredPlace })),
    adapters,
    told,
    source,
  );
  adapted.forEach(({ target }, i) => merged.set(target, tensors[i]!));
  const of = base === adapters ? [base] : [base, adapters];
  return new MergedWeights(source, merged, { of, by });
}

/** The file of an adapter beside the weights, `undefined` where there is none. */
async function adapterFile({ find }: WeightsSurroundings): Promise<string | undefined> {
  if (await find(ADAPTER_CONFIG) === null) return undefined;
  for (const name of ADAPTER_FILES) if (await find(name) !== null) return name;
  return undefined;
}

/** The tensors of some weights that are no adapter's, under other names. */
function placesOf(weights: Weights, nameOf: (name: string) => string): Map<string, MergedTensor> {
  const names = [...weights.tensors.keys()].filter((name) => !isLowRank(name));
  return new Map(names.map((name) => [nameOf(name), { weights, name }]));
}

/** A tensor's name without what PEFT puts around a model and the layers that it adapts. */
function plainName(name: string): string {
  return name.replace(/^base_model\.model\./, "").replace(/\.base_layer\.(?=[^.]+$)/, ".");
}

const SAVED = /^(.*)\.modules_to_save\.(?:[^.]+\.)?([^.]+)$/;

/** Modules that were trained whole beside an adapter take the place of the base model's. */
function replaceSaved(merged: Map<string, MergedTensor>, adapters: Weights) {
  for (const [name, place] of placesOf(adapters, plainName)) {
    merged.set(name.replace(SAVED, "$1.$2"), place);
  }
}

/** The same within one file, where the originals lie beside them. */
function dropReplaced(merged: Map<string, MergedTensor>, weights: Weights) {
  for (const name of weights.tensors.keys()) {
    const [, module, own] = SAVED.exec(plainName(name)) ?? [];
    if (module === undefined) continue;
    merged.delete(`${module}.original_module.${own}`);
    merged.delete(plainName(name));
    merged.set(`${module}.${own}`, { weights, name });
  }
}

/** What the tensor of a pair may be called in a file that holds both. */
function targetsOf({ module }: LowRankPair): string[] {
  return [`${module}.weight`, `${module}.base_layer.weight`];
}

function hasTensor({ tensors }: { readonly tensors: ReadonlyMap<string, TensorInfo> }) {
  return (name: string) => tensors.has(name);
}

/** Finds the tensor that a pair belongs to; a wrapper's prefix that one of the two models has is left out or added for all. */
function finder(
  merged: ReadonlyMap<string, MergedTensor>,
  pairs: readonly LowRankPair[],
  source: string,
): (pair: LowRankPair) => string {
  const nameOf = ({ module }: LowRankPair) => plainName(`${module}.weight`);
  const first = nameOf(pairs[0]!);
  const longer = [...merged.keys()].filter((name) => name.endsWith(`.${first}`));
  const shorter = [...merged.keys()].filter((name) => first.endsWith(`.${name}`));
  const added = merged.has(first) || longer.length !== 1 ? "" : longer[0]!.slice(0, -first.length);
  const left = added !== "" || merged.has(first) || shorter.length !== 1
    ? 0
    : first.length - shorter[0]!.length;
  const used = new Set<string>();
  return (pair) => {
    const name = added + nameOf(pair).slice(left), place = merged.get(name);
    if (place && !("make" in place) && !used.has(name)) {
      used.add(name);
      return name;
    }
    throw new Error(
      `${source} has an adapter of the module ${
        shown(pair.module)
      }, and no weights of that module are at hand; ` +
        "the base model is another one",
    );
  };
}
