/**
 * What `torch.save` writes since torch 1.6, and `torch.jit.save`: a zip file of a pickle and the
 * storages, stored as they are.
 */

import { printable, shown } from "../../messages/shown.ts";
import { type ByteSource, readRange } from "../byte_source.ts";
import { bytesPerValue } from "../decode_values.ts";
import { MAXIMUM_HEADER_BYTES } from "../limits.ts";
import type { Weights } from "../weights.ts";
import { PickleBytes } from "./pickle_bytes.ts";
import { readNamedPickle } from "./read_pickle.ts";
import { PickleOpaque, PickleTuple, type PickleValue, TorchTensor } from "./pickle_machine.ts";
import { isMatrix, type TorchFileTensor, torchTensors, torchWeights } from "./torch_tensors.ts";
import { entryBegins, type ZipEntry } from "./zip_entries.ts";

/**
 * Open a torch file in zip form; its pickle is read and checked, no values yet, and of a
 * TorchScript program no code. The checksums that a zip file keeps of its entries are not compared,
 * since no entry is read whole.
 *
 * @param entries The file's entries by name.
 */
export async function openTorchZip(
  file: ByteSource,
  entries: ReadonlyMap<string, ZipEntry>,
  key?: string,
): Promise<Weights> {
  const { source } = file;
  const folder = archiveFolder([...entries.keys()], source);
  const read = async (entry: ZipEntry) => {
    const [begin] = await entryBegins(file, [entry]);
    return await readRange(file, begin!, begin! + entry.size);
  };
  const fault = (what: string) => new Error(`${source} ${what}`);
  const orderEntry = entries.get(`${folder}/byteorder`);
  // Files without the entry are older than machines that would differ.
  if (orderEntry) {
    const order = orderEntry.size > 16 ? "" : new TextDecoder().decode(await read(orderEntry));
    const advice = `where only "little" can be read; save it again on a little-endian machine`;
    if (order !== "little") throw fault(`has the byte order "${printable(order)}", ${advice}`);
  }
  const valueOf = async (entry: ZipEntry) => {
    if (entry.size <= MAXIMUM_HEADER_BYTES) {
      return readNamedPickle(new PickleBytes(await read(entry)), source).value;
    }
    const most = `more than tensors need (${MAXIMUM_HEADER_BYTES})`;
    throw fault(`has a pickle of ${entry.size} bytes, ${most}`);
  };
  const constants = entries.get(`${folder}/constants.pkl`);
  if (constants !== undefined && holdWeights(await valueOf(constants))) {
    throw fault(
      "is a TorchScript program that keeps weights as constants without their names, as frozen ones do; " +
        "save the model's state_dict instead, or the program before torch.jit.freeze",
    );
  }
  return torchWeights(
    file,
    torchTensors(await valueOf(entries.get(`${folder}/data.pkl`)!), file, key),
    (tensor) => storageEntry(tensor, entries.get(`${folder}/data/${tensor.storage.key}`), source),
    (storages) => entryBegins(file, storages),
  );
}

/** The folder that all of a torch file's entries are in; its name varies. */
function archiveFolder(names: readonly string[], source: string): string {
  const folders = names.flatMap((name) => /^([^/]+)\/data\.pkl$/.exec(name)?.[1] ?? []);
  const [folder] = folders;
  if (folder === undefined || folders.length > 1) {
    const need = `it needs one entry data.pkl in a folder and has ${folders.length}`;
    throw new Error(`${source} is a zip file but not torch's: ${need}`);
  }
  return folder;
}

/**
 * Whether there are weights among the constants of a TorchScript program: matrices, or what is
 * packed in a form of its own.
 */
function holdWeights(constants: PickleValue): boolean {
  const items = constants instanceof PickleTuple ? constants.items : [constants];
  return items.some((item) =>
    item instanceof PickleOpaque || item instanceof TorchTensor && isMatrix(item) &&
      item.shape.filter((size) => size > 1).length >= 2
  );
}

function storageEntry(
  { name, storage: { key, dtype, count } }: TorchFileTensor,
  entry: ZipEntry | undefined,
  source: string,
): ZipEntry {
  const bytes = count * bytesPerValue.get(dtype)!;
  if (entry?.size === bytes) return entry;
  const need = `tensor ${shown(name)} needs ${bytes} bytes in the storage ${shown(key)}`;
  const problem = entry ? `holds ${entry.size}` : "is missing";
  throw new Error(`${source} is damaged: ${need}, which ${problem}; get it again`);
}
