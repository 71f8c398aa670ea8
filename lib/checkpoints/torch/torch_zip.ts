/** What `torch.save` writes since torch 1.6: a zip file of a pickle and the storages, stored as they are. */

import type { ByteSource } from "../byte_source.ts";
import { bytesPerValue } from "../decode_values.ts";
import { FileWeights } from "../file_weights.ts";
import { printable, shown } from "../../messages/shown.ts";
import { MAXIMUM_HEADER_BYTES } from "../safetensors_header.ts";
import type { Weights } from "../weights.ts";
import { lookUpOnce } from "./look_up_once.ts";
import { PickleBytes } from "./pickle_bytes.ts";
import { readNamedPickle } from "./read_pickle.ts";
import { type TorchFileTensor, torchTensors } from "./torch_tensors.ts";
import { entryBegins, zipEntries, type ZipEntry } from "./zip_entries.ts";

/**
 * Open a torch file in zip form; its directory and pickle are read and checked, no values yet. The checksums
 * that a zip file keeps of its entries are not compared, since no entry is read whole.
 *
 * @throws {Error} if the file is damaged, or its pickle asks for more than tensors.
 */
export async function openTorchZip(file: ByteSource): Promise<Weights> {
  const { source } = file;
  const entries = await zipEntries(file);
  const folder = archiveFolder([...entries.keys()], source);
  const read = async (entry: ZipEntry) => {
    const [begin] = await entryBegins(file, [entry]);
    return (await file.read([{ start: begin!, end: begin! + entry.size }]))[0]!;
  };
  await checkByteOrder(entries.get(`${folder}/byteorder`), read, source);
  const pickle = entries.get(`${folder}/data.pkl`)!;
  if (pickle.size > MAXIMUM_HEADER_BYTES) {
    throw new Error(
      `${source} has a pickle of ${pickle.size} bytes, more than tensors need (${MAXIMUM_HEADER_BYTES})`,
    );
  }
  const { value } = readNamedPickle(new PickleBytes(await read(pickle)), source);
  const tensors = torchTensors(value, file.size, source);
  const storages = new Map<TorchFileTensor, ZipEntry>();
  for (const tensor of tensors.values()) {
    storages.set(
      tensor,
      storageEntry(tensor, entries.get(`${folder}/data/${tensor.storage.key}`), source),
    );
  }
  const begins = lookUpOnce((some: readonly ZipEntry[]) => entryBegins(file, some));
  return new FileWeights(file, tensors, async (wanted) => {
    const storageBegins = await begins(wanted.map((tensor) => storages.get(tensor)!));
    return wanted.map(({ byteOffset }, i) => storageBegins[i]! + byteOffset);
  });
}

/** The folder that all of a torch file's entries are in; its name varies. */
function archiveFolder(names: readonly string[], source: string): string {
  const pickles = names.filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickles.length !== 1) {
    throw new Error(
      `${source} is a zip file but not torch's: it needs one entry data.pkl in a folder and has ` +
        `${pickles.length}`,
    );
  }
  const folder = pickles[0]!.slice(0, -"/data.pkl".length);
  if (names.includes(`${folder}/constants.pkl`)) {
    throw new Error(`${source} is a TorchScript program; save the model's state_dict instead`);
  }
  return folder;
}

/** Files without the entry are older than machines that would differ. */
async function checkByteOrder(
  entry: ZipEntry | undefined,
  read: (entry: ZipEntry) => Promise<Uint8Array>,
  source: string,
) {
  if (!entry) return;
  const order = entry.size > 16 ? "" : new TextDecoder().decode(await read(entry));
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
  const problem = entry ? `holds ${entry.size}` : "is missing";
  throw new Error(
    `${source} is damaged: tensor ${shown(name)} needs ${bytes} bytes in the storage ${
      shown(key)
    }, ` +
      `which ${problem}; get it again`,
  );
}
