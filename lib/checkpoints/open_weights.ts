/** Open weights in whichever of the formats they are, in one file or in several that an index lists. */

import { sha256 } from "../files/digest.ts";
import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import { isPlainName } from "../files/plain_name.ts";
import { shown, someNames } from "../messages/shown.ts";
import { type ByteSource, readRange } from "./byte_source.ts";
import type { StoredValues, TensorInfo, TensorRows } from "./checkpoint.ts";
import { checkTensorCount, MAXIMUM_HEADER_BYTES } from "./limits.ts";
import { isObject, repeatedName } from "./read_config.ts";
import { openGguf } from "./gguf_file.ts";
import { openNpz } from "./npz_file.ts";
import { openOnnx } from "./onnx_file.ts";
import { withScales } from "./scaled_weights.ts";
import { openSafetensors } from "./safetensors_file.ts";
import { openTorchFile } from "./torch/torch_file.ts";
import { type FileRanges, type Memory, noSuchTensor, Weights } from "./weights.ts";

/** A format of weights. */
interface Format {
  /** The file of a checkpoint's folder. */
  readonly file: string;
  /** Whether it is split into shards by an index beside them, which is named after the file. */
  readonly hasIndex?: boolean;
  /** Files that are opened so: the ones with this ending. */
  readonly ending: string;
  /**
   * Reads and checks what lists the tensors, and no values.
   *
   * @param key The entry that holds the tensors, in a format with entries.
   */
  open(file: ByteSource, key?: string): Promise<Weights>;
  /** Whether a file can hold several models, one of which is chosen by its key. */
  readonly hasEntries?: boolean;
}

/** Every format, the one first that is read where there are several; the last also opens files of any other name. */
const formats: readonly Format[] = [
  { file: "model.safetensors", ending: ".safetensors", open: openSafetensors, hasIndex: true },
  { file: "model.gguf", ending: ".gguf", open: openGguf },
  { file: "model.onnx", ending: ".onnx", open: openOnnx },
  { file: "model.npz", ending: ".npz", open: openNpz },
  {
    ...{ file: "pytorch_model.bin", ending: ".bin", open: openTorchFile },
    ...{ hasEntries: true, hasIndex: true },
  },
];

/** What the name of an index of shards has behind that of the file that is split. */
export const INDEX_ENDING = ".index.json";

/** The files that a checkpoint's weights can be in; where there are several, the first is read. */
export const weightsFiles = formats.flatMap(({ file, hasIndex }) =>
  hasIndex ? [file, file + INDEX_ENDING] : [file]
);

/** Whether a file is an index of shards of a format that has them, by its name. */
export function isShardIndex(name: string): boolean {
  return formats.some(({ ending, hasIndex }) => hasIndex && name.endsWith(ending + INDEX_ENDING));
}

/** Those of the files of a checkpoint that hold the weights of `file`: itself, or the shards where it is an index. */
export function filesWithWeights(file: string, names: readonly string[]): string[] {
  const [, stem, ending] = /^(.*)\.(\w+)\.index\.json$/.exec(file) ?? [];
  if (stem === undefined) return [file];
  return names.filter((name) => name.startsWith(`${stem}-`) && name.endsWith(`.${ending}`));
}

/**
 * Open a file of weights, or an index of shards, with what opens a file of the same folder by its name.
 *
 * @param key The entry of a file of `torch.save` that holds the tensors; the only one that does unless given.
 */
export async function openWeights(
  name: string,
  openFile: (name: string) => ByteSource | Promise<ByteSource>,
  key?: string,
): Promise<Weights> {
  const openOne = async (name: string) => {
    const format = formats.find(({ ending }) => name.endsWith(ending)) ?? formats.at(-1)!;
    const file = await openFile(name);
    // Some save safetensors under other endings; its header is a JSON object behind eight bytes.
    const isOther = format.open !== openSafetensors && await readByte(file, 8) === 0x7b &&
      await readByte(file, 7) === 0;
    if (key !== undefined && (isOther || !format.hasEntries)) {
      throw new Error(
        `${file.source} holds the tensors of one model, and weights is ${
          shown(key)
        }; it chooses an entry of a file of ` +
          "torch.save, so leave it out (--weights)",
      );
    }
    return await (isOther ? openSafetensors(file) : format.open(file, key));
  };
  if (!name.endsWith(INDEX_ENDING)) return withScales(await openOne(name));
  return withScales(await openSharded(await openFile(name), openOne));
}

async function readByte(file: ByteSource, place: number): Promise<number | undefined> {
  return file.size > place ? (await readRange(file, place, place + 1))[0] : undefined;
}

/** Shards that are opened at a time. */
const OPENED_TOGETHER = 8;

/**
 * Open the shards that an index such as `model.safetensors.index.json` names. Its tensors are those that the index lists; a
 * shard's others are left out, as the index leaves them out.
 */
async function openSharded(
  index: ByteSource,
  openShard: (name: string) => Promise<Weights>,
): Promise<Weights> {
  const { source } = index;
  const weightMap = await readShardIndex(index);
  const names = [...new Set(weightMap.values())].sort();
  const shards = new Map<string, Weights>();
  for (let i = 0; i < names.length; i += OPENED_TOGETHER) {
    const group = names.slice(i, i + OPENED_TOGETHER);
    const opened = await Promise.allSettled(group.map(openShard));
    for (const [j, result] of opened.entries()) {
      if (result.status === "rejected") throw asNamedBy(source, group[j]!, result.reason);
      shards.set(group[j]!, result.value);
    }
  }
  return new ShardedWeights(source, weightMap, shards);
}

function asNamedBy(source: string, shard: string, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  const where = `${source} names the shard ${someNames([shard])}`;
  return new Error(`${where}, which cannot be opened: ${message}`, { cause });
}

class ShardedWeights extends Weights {
  override readonly entry: string | null;
  readonly tensors: ReadonlyMap<string, TensorInfo>;

  constructor(
    private readonly source: string,
    private readonly weightMap: ReadonlyMap<string, string>,
    private readonly shards: ReadonlyMap<string, Weights>,
  ) {
    super();
    this.entry = [...shards.values()].find(({ entry }) => entry !== null)?.entry ?? null;
    this.tensors = new Map([...weightMap].map(([name, file]) => {
      const tensor = shards.get(file)!.tensors.get(name);
      if (tensor) return [name, tensor];
      const place = `tensor ${shown(name)} is in ${shown(file)}`;
      throw new Error(
        `${source} says that ${place}, which lacks it; get the index and the shards again`,
      );
    }));
  }

  override get parts(): readonly (readonly string[])[] {
    const parts = Map.groupBy(this.weightMap, ([, file]) => file);
    return [...parts.values()].map((own) => own.map(([name]) => name));
  }

  async digest(): Promise<string> {
    const lines = await Promise.all(
      [...this.shards].map(async ([name, shard]) => `${await shard.digest()}  ${name}\n`),
    );
    return sha256().update(lines.sort().join("")).hex();
  }

  async readAll(requests: readonly TensorRows[], into?: Memory): Promise<StoredValues[]> {
    const byShard = Map.groupBy(requests, ({ name }) => this.#shardOf(name));
    const memory = byShard.size === 1 ? into : undefined;
    const values = new Map<TensorRows, StoredValues>();
    await Promise.all([...byShard].map(async ([shard, own]) => {
      const found = await shard.readAll(own, memory);
      own.forEach((request, i) => values.set(request, found[i]!));
    }));
    return requests.map((request) => values.get(request)!);
  }

  async ranges(requests: readonly TensorRows[]): Promise<FileRanges[]> {
    const byShard = [...Map.groupBy(requests, ({ name }) => this.#shardOf(name))];
    return (await Promise.all(byShard.map(([shard, own]) => shard.ranges(own)))).flat();
  }

  #shardOf(name: string): Weights {
    const file = this.weightMap.get(name);
    if (file !== undefined) return this.shards.get(file)!;
    throw new Error(noSuchTensor(this.source, name, this.tensors));
  }
}

/** The file of each tensor by the tensor's name; none of the files is outside the index's folder. */
async function readShardIndex(index: ByteSource): Promise<Map<string, string>> {
  const { source, size } = index;
  const fault = (what: string) => new Error(`${source} ${what}`);
  if (size > MAXIMUM_HEADER_BYTES) {
    throw fault(`has ${size} bytes, more than any index (${MAXIMUM_HEADER_BYTES})`);
  }
  const bytes = await readRange(index, 0, size);
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = parseJson(text);
  } catch (error) {
    const what = error instanceof JsonTooLarge ? error.message : "is no JSON text";
    throw fault(`${what}; get it again`);
  }
  const map = isObject(value) ? value.weight_map : undefined;
  if (!isObject(map)) {
    throw fault("is no index of weights: it has no object weight_map; get it again");
  }
  const repeated = repeatedName(text);
  if (repeated !== null) throw fault(`has the name ${shown(repeated)} twice`);
  const entries = Object.entries(map);
  checkTensorCount(entries.length, source);
  return new Map(entries.map(([name, file]) => {
    // A colon names a disk or a stream on some systems.
    if (isPlainName(file) && !file.includes(":")) return [name, file];
    const place = `tensor ${shown(name)} is in ${shown(file)}`;
    throw fault(`says that ${place}, which is no file's name in its folder`);
  }));
}
