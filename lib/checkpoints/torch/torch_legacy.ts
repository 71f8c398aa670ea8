/** What `torch.save` wrote before torch 1.6: five pickles, then the storages one after another. */

import { shown } from "../../messages/shown.ts";
import { type ByteSource, readRange } from "../byte_source.ts";
import { halfWritten } from "../half_written.ts";
import { bytesPerValue } from "../decode_values.ts";
import { MAXIMUM_HEADER_BYTES } from "../limits.ts";
import type { Weights } from "../weights.ts";
import { PickleBytes, PickleEnded } from "./pickle_bytes.ts";
import type { TorchStorage } from "./pickle_machine.ts";
import { readNamedPickle } from "./read_pickle.ts";
import { type TorchFileTensor, torchTensors, torchWeights } from "./torch_tensors.ts";

/** Bytes in front of each storage, which say how many values it has. */
const COUNT_BYTES = 8;

/** A storage and where its count lies; its values follow. */
interface PlacedStorage extends TorchStorage {
  readonly position: number;
}

/** Open a torch file in its older form; the pickles are read and checked, no values yet. */
export async function openTorchLegacy(file: ByteSource, key?: string): Promise<Weights> {
  const { model, keys, end } = await readPickles(file);
  const tensors = torchTensors(model.value, file, key);
  const places = placeStorages(model.storages, keys, end, file);
  const placeOf = ({ storage }: TorchFileTensor) => places.get(storage.key)!;
  return torchWeights(file, tensors, placeOf, (some) => storageBegins(file, some));
}

/** Where each storage lies, by its key; checked to fill the file to its end. */
function placeStorages(
  storages: readonly TorchStorage[],
  keys: readonly string[],
  end: number,
  { source, size }: ByteSource,
): ReadonlyMap<string, PlacedStorage> {
  const damaged = (what: string) => new Error(`${source} is damaged: ${what}; get it again`);
  const byKey = new Map<string, TorchStorage>();
  for (const storage of storages) {
    const other = byKey.get(storage.key) ?? storage;
    if (other.dtype !== storage.dtype || other.count !== storage.count) {
      throw damaged(`its tensors disagree about the storage ${shown(storage.key)}`);
    }
    byKey.set(storage.key, storage);
  }
  const places = new Map<string, PlacedStorage>();
  let position = end;
  for (const key of keys) {
    const storage = byKey.get(key);
    if (!storage || places.has(key)) {
      throw damaged(`its list of storages has ${shown(key)} twice or for no tensor`);
    }
    places.set(key, { ...storage, position });
    position += COUNT_BYTES + storage.count * bytesPerValue.get(storage.dtype)!;
  }
  for (const key of byKey.keys()) {
    if (!places.has(key)) throw damaged(`the storage ${shown(key)} of a tensor is not stored`);
  }
  if (position === size) return places;
  if (position < size) throw damaged(`${size - position} bytes at its end belong to no tensor`);
  throw halfWritten(
    `${source} is truncated: its tensors need ${position} bytes but it has ${size}; get it again`,
  );
}

/** The first byte of each storage's values; the count in front of them must be what the tensors say. */
async function storageBegins(file: ByteSource, places: readonly PlacedStorage[]) {
  const counts = await file.read(
    places.map(({ position }) => ({ start: position, end: position + COUNT_BYTES })),
  );
  return places.map(({ key, count, position }, i) => {
    const bytes = counts[i]!;
    const stored = new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true);
    if (stored === BigInt(count)) return position + COUNT_BYTES;
    throw new Error(
      `${file.source} is damaged: its storage ${shown(key)} has ${stored} values ` +
        `where its tensors need ${count}; get it again`,
    );
  });
}

/** The first pickle of every such file. */
const magicNumber = 0x1950a86a20f9469cfc6cn;

/** The second; there has been no other. */
const PROTOCOL_VERSION = 1001;

/** Bytes read at first for the pickles; four times as many whenever they were not enough. */
const FIRST_BYTES = 1 << 18;

/** The pickles in front of the storages. */
async function readPickles(file: ByteSource): Promise<ReturnType<typeof parsePickles>> {
  const limit = Math.min(file.size, MAXIMUM_HEADER_BYTES);
  for (let count = Math.min(limit, FIRST_BYTES);; count = Math.min(limit, 4 * count)) {
    const bytes = await readRange(file, 0, count);
    try {
      return parsePickles(new PickleBytes(bytes), file.source);
    } catch (error) {
      const ended = error instanceof Error && error.cause instanceof PickleEnded;
      if (!ended || count === limit) throw error;
    }
  }
}

/** The pickle of the model, the keys of the storages in the order they are stored, and where they begin. */
function parsePickles(bytes: PickleBytes, source: string) {
  const fault = (what: string) => new Error(`${source} ${what}`);
  const next = () => readNamedPickle(bytes, source);
  if (next().value !== magicNumber) {
    throw fault("is a pickle but not one of torch.save, which would begin otherwise");
  }
  const version = next().value;
  if (version !== PROTOCOL_VERSION) {
    throw fault(
      `has the torch protocol ${shown(version)}, where only ${PROTOCOL_VERSION} is known`,
    );
  }
  const system = next().value;
  if (!(system instanceof Map) || system.get("little_endian") !== true) {
    throw fault(
      "was not saved on a little-endian machine, so that its numbers cannot be read; save it again on one",
    );
  }
  const model = next();
  const keys = next().value;
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string")) {
    throw fault("is damaged: its storages have no list of keys");
  }
  return { model, keys, end: bytes.position };
}
