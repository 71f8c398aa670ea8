/** What `torch.save` wrote before torch 1.6: five pickles, then the storages one after another. */

import type { ByteSource } from "../byte_source.ts";
import { bytesPerValue } from "../dtypes.ts";
import { FileWeights } from "../file_weights.ts";
import { shown } from "../../messages/shown.ts";
import type { Weights } from "../weights.ts";
import { readLegacyPickles } from "./legacy_pickles.ts";
import { lookUpOnce } from "./look_up_once.ts";
import type { TorchStorage } from "./pickle_values.ts";
import { torchTensors } from "./torch_tensors.ts";

/** Bytes in front of each storage, which say how many values it has. */
const countBytes = 8;

/** A storage and where its count lies; its values follow. */
interface PlacedStorage extends TorchStorage {
  readonly position: number;
}

/**
 * Open a torch file in its older form; the pickles are read and checked, no values yet.
 *
 * @throws {Error} if the file is damaged, or its pickle asks for more than tensors.
 */
export async function openTorchLegacy(file: ByteSource): Promise<Weights> {
  const { source, size } = file;
  const { model, keys, end } = await readLegacyPickles(file);
  const tensors = torchTensors(model.value, size, source);
  const places = placeStorages(model.storages, keys, end, file);
  const begins = lookUpOnce((some: readonly PlacedStorage[]) => storageBegins(file, some));
  return new FileWeights(file, tensors, async (wanted) => {
    const found = await begins(wanted.map(({ storage }) => places.get(storage.key)!));
    return wanted.map(({ byteOffset }, i) => found[i]! + byteOffset);
  });
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
    position += countBytes + storage.count * bytesPerValue.get(storage.dtype)!;
  }
  const missing = [...byKey.keys()].find((key) => !places.has(key));
  if (missing !== undefined) {
    throw damaged(`the storage ${shown(missing)} of a tensor is not stored`);
  }
  if (position === size) return places;
  if (position > size) {
    throw new Error(
      `${source} is truncated: its tensors need ${position} bytes but it has ${size}; get it again`,
    );
  }
  throw damaged(`${size - position} bytes at its end belong to no tensor`);
}

/** The first byte of each storage's values; the count in front of them must be what the tensors say. */
async function storageBegins(
  file: ByteSource,
  places: readonly PlacedStorage[],
): Promise<number[]> {
  const counts = await file.read(
    places.map(({ position }) => ({ start: position, end: position + countBytes })),
  );
  return places.map(({ key, count, position }, i) => {
    const bytes = counts[i]!;
    const stored = new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true);
    if (stored === BigInt(count)) return position + countBytes;
    throw new Error(
      `${file.source} is damaged: its storage ${
        shown(key)
      } has ${stored} values where its tensors ` +
        `need ${count}; get it again`,
    );
  });
}
