/** Weights that are split into several files, with an index that says which tensor is where. */

import { createHash } from "node:crypto";
import type { ByteSource } from "./byte_source.ts";
import type { StoredValues, TensorInfo, TensorRows } from "./checkpoint.ts";
import { noSuchTensor } from "./file_weights.ts";
import { shown, someNames } from "../messages/shown.ts";
import { type FileRanges, Weights } from "./weights.ts";
import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import { isPlainName } from "../files/plain_name.ts";
import { repeatedName } from "./read_config.ts";
import { MAXIMUM_HEADER_BYTES } from "./safetensors_header.ts";
import { checkTensorCount } from "./tensor_count.ts";

/** Shards that are opened at a time. */
const OPENED_TOGETHER = 8;

/**
 * Open the shards that an index such as `model.safetensors.index.json` names. Its tensors are those that the
 * index lists; a shard's others are left out, as the index leaves them out.
 *
 * @param index The index: an object whose `weight_map` maps each tensor's name to its file's.
 * @param openShard Opens a shard by its file name; rejects if there is none.
 * @throws {Error} if the index is damaged or names a file outside its folder, a shard cannot be opened,
 * or a shard lacks a tensor.
 */
export async function openSharded(
  index: ByteSource,
  openShard: (name: string) => Promise<Weights>,
): Promise<Weights> {
  const weightMap = await readShardIndex(index);
  const names = [...new Set(weightMap.values())].sort();
  const shards = new Map<string, Weights>();
  for (let i = 0; i < names.length; i += OPENED_TOGETHER) {
    const group = names.slice(i, i + OPENED_TOGETHER);
    const opened = await Promise.allSettled(group.map((name) => openShard(name)));
    for (const [j, result] of opened.entries()) {
      if (result.status === "fulfilled") shards.set(group[j]!, result.value);
      else throw asNamedBy(index.source, group[j]!, result.reason);
    }
  }
  return new ShardedWeights(index.source, weightMap, shards);
}

class ShardedWeights extends Weights {
  readonly tensors: ReadonlyMap<string, TensorInfo>;

  constructor(
    private readonly source: string,
    private readonly weightMap: ReadonlyMap<string, string>,
    private readonly shards: ReadonlyMap<string, Weights>,
  ) {
    super();
    this.tensors = new Map(
      [...weightMap].map(([name, file]) => {
        const tensor = shards.get(file)!.tensors.get(name);
        if (tensor) return [name, tensor];
        throw new Error(
          `${source} says that tensor ${shown(name)} is in ${shown(file)}, which lacks it; ` +
            "get the index and the shards again",
        );
      }),
    );
  }

  async digest(): Promise<string> {
    const lines = await Promise.all(
      [...this.shards].map(async ([name, shard]) => `${await shard.digest()}  ${name}\n`),
    );
    return createHash("sha256").update(lines.sort().join("")).digest("hex");
  }

  async readAll(
    requests: readonly TensorRows[],
    into?: Uint8Array<ArrayBuffer>,
  ): Promise<StoredValues[]> {
    const values = new Array<StoredValues>(requests.length);
    const byShard = this.#byShard(requests), memory = byShard.size === 1 ? into : undefined;
    await Promise.all(
      [...byShard].map(async ([shard, places]) => {
        const found = await shard.readAll(places.map((place) => requests[place]!), memory);
        places.forEach((place, i) => values[place] = found[i]!);
      }),
    );
    return values;
  }

  async ranges(requests: readonly TensorRows[]): Promise<FileRanges[]> {
    const ranges = await Promise.all(
      [...this.#byShard(requests)].map(([shard, places]) =>
        shard.ranges(places.map((place) => requests[place]!))
      ),
    );
    return ranges.flat();
  }

  /** Which of the requests each shard answers, by their places. */
  #byShard(requests: readonly TensorRows[]): Map<Weights, number[]> {
    const places = new Map<Weights, number[]>();
    for (const [place, { name }] of requests.entries()) {
      const file = this.weightMap.get(name);
      if (file === undefined) throw new Error(noSuchTensor(this.source, name, this.tensors));
      const shard = this.shards.get(file)!;
      const known = places.get(shard);
      if (known) known.push(place);
      else places.set(shard, [place]);
    }
    return places;
  }
}

function asNamedBy(source: string, name: string, reason: unknown): Error {
  const message = reason instanceof Error ? reason.message : String(reason);
  return new Error(
    `${source} names the shard ${someNames([name])}, which cannot be opened: ${message}`,
    {
      cause: reason,
    },
  );
}

/**
 * The file of each tensor by the tensor's name.
 *
 * @throws {Error} if the index is too long, is damaged, or names a file outside its folder.
 */
export async function readShardIndex(index: ByteSource): Promise<Map<string, string>> {
  const { source, size } = index;
  if (size > MAXIMUM_HEADER_BYTES) {
    throw new Error(`${source} has ${size} bytes, more than any index (${MAXIMUM_HEADER_BYTES})`);
  }
  const [bytes] = await index.read([{ start: 0, end: size }]);
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = parseJson(text);
  } catch (error) {
    const what = error instanceof JsonTooLarge ? error.message : "is no JSON text";
    throw new Error(`${source} ${what}; get it again`);
  }
  const map = isObject(value) ? value.weight_map : undefined;
  if (!isObject(map)) {
    throw new Error(`${source} is no index of weights: it has no object weight_map; get it again`);
  }
  const repeated = repeatedName(text);
  if (repeated !== null) throw new Error(`${source} has the name ${shown(repeated)} twice`);
  const weightMap = new Map<string, string>();
  const names = Object.keys(map);
  checkTensorCount(names.length, source);
  for (const name of names) {
    const file = map[name];
    // A colon names a disk or a stream on some systems.
    if (!isPlainName(file) || file.includes(":")) {
      throw new Error(
        `${source} says that tensor ${shown(name)} is in ${shown(file)}, which is no file's name ` +
          "in its folder",
      );
    }
    weightMap.set(name, file);
  }
  return weightMap;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
