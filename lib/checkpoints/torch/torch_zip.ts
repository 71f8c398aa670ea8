/** What `torch.save` writes since torch 1.6: a zip file of a pickle and the storages, stored as they are. */

import { printable, shown } from "../../messages/shown.ts";
import { type ByteSource, readRange } from "../byte_source.ts";
import { bytesPerValue } from "../decode_values.ts";
import { MAXIMUM_HEADER_BYTES } from "../limits.ts";
import type { Weights } from "../weights.ts";
import { PickleBytes } from "./pickle_bytes.ts";
import { readNamedPickle } from "./read_pickle.ts";
import { type TorchFileTensor, torchTensors, torchWeights } from "./torch_tensors.ts";
import { entryBegins, zipEntries, type ZipEntry } from "./zip_entries.ts";

/**
 * Open a torch file in zip form; its directory and pickle are read and checked, no values yet. The checksums
 * that a zip file keeps of its entries are not compared, since no entry is read whole.
 */
export async function openTorchZip(file: ByteSource): Promise<Weights> {
  const { source } = file;
  const entries = await zipEntries(file);
  const folder = archiveFolder([...entries.keys()], source);
  const read = async (entry: ZipEntry) => {
    const [begin] = await entryBegins(file, [entry]);
    return await readRange(file, begin!, begin! + entry.size);
  };
  const order = entries.get(`${folder}/byteorder`);
  // Files without the entry are older than machines that would differ.
  if (order) {
    checkByteOrder(order.size > 16 ? "" : new TextDecoder().decode(await read(order)), source);
  }
  const pickle = entries.get(`${folder}/data.pkl`)!;
  if (pickle.size > MAXIMUM_HEADER_BYTES) {
    throw new Error(
      `${source} has a pickle of ${pickle.size} bytes, more than tensors need (${MAXIMUM_HEADER_BYTES})`,
    );
  }
  const { value } = readNamedPickle(new PickleBytes(await read(pickle)), source);
  return torchWeights(
    file,
    torchTensors(value, file),
    (tensor) => storageEntry(tensor, entries.get(`${folder}/data/${tensor.storage.key}`), source),
    (storages) => entryBegins(file, storages),
  );
}

/** The folder that all of a torch file's entries are in; its name varies. */
function archiveFolder(names: readonly string[], source: string): string {
  const folders = names.flatMap((name) => /^([^/]+)\/data\.pkl$/.exec(name)?.[1] ?? []);
  const [folder] = folders;
  if (folder === undefined || folders.length > 1) {
    throw new Error(
      `${source} is a zip file but not torch's: it needs one entry data.pkl in a folder and has ` +
        `${folders.length}`,
    );
  }
  if (names.includes(`${folder}/constants.pkl`)) {
    throw new Error(`${source} is a TorchScript program; save the model's state_dict instead`);
  }
  return folder;
}

function checkByteOrder(order: string, source: string) {
  if (order === "little") return;
  throw new Error(
    `${source} has the byte order "${printable(order)}", where only "little" can be read; ` +
      "save it again on a little-endian machine",
  );
}

function storageEntry(
  { name, storage: { key, dtype, count } }: TorchFileTensor,
  entry: ZipEntry | undefined,
  source: string,
): ZipEntry {
  const bytes = count * bytesPerValue.get(dtype)!;
  if (entry?.size === bytes) return entry;
  const storage = `the storage ${shown(key)}, which ${
    entry ? `holds ${entry.size}` : "is missing"
  }`;
  throw new Error(
    `${source} is damaged: tensor ${shown(name)} needs ${bytes} bytes in ${storage}; get it again`,
  );
}
