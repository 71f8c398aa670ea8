/** A file that `torch.save` wrote, in either of its forms. */

import { shown } from "../../messages/shown.ts";
import { type ByteSource, readRange } from "../byte_source.ts";
import type { Weights } from "../weights.ts";
import { openTorchLegacy } from "./torch_legacy.ts";
import { openTorchZip } from "./torch_zip.ts";

/** Bytes that tell what kind of file it is. */
const SIGNATURE_BYTES = 16;

/**
 * Open the state dict that `torch.save` wrote, such as a `pytorch_model.bin`: what it holds is read and checked, no values yet.
 * Its pickle is read by a machine that knows tensors and dictionaries only; nothing that it names is imported or called.
 *
 * @param key The entry that holds the tensors; the only one that does unless given.
 */
export async function openTorchFile(file: ByteSource, key?: string): Promise<Weights> {
  const { source, size } = file;
  const beginning = String.fromCharCode(
    ...await readRange(file, 0, Math.min(size, SIGNATURE_BYTES)),
  );
  if (beginning.startsWith("PK\u0003\u0004")) return await openTorchZip(file, key);
  if (beginning.startsWith("\u0080")) return await openTorchLegacy(file, key);
  if (beginning.startsWith("version ")) {
    throw new Error(`${source} is a Git LFS pointer and holds no weights; run git lfs pull`);
  }
  throw new Error(
    `${source} is no file of torch.save: it begins with ${
      shown(beginning)
    }; pass a file of weights`,
  );
}
