/** A file that `torch.save` wrote, in either of its forms. */

import type { ByteSource } from "../byte_source.ts";
import { shown } from "../../messages/shown.ts";
import type { Weights } from "../weights.ts";
import { openTorchLegacy } from "./torch_legacy.ts";
import { openTorchZip } from "./torch_zip.ts";

/** Bytes that tell what kind of file it is. */
const SIGNATURE_BYTES = 16;

/**
 * Open the state dict that `torch.save` wrote, such as a `pytorch_model.bin`: what it holds is read and checked,
 * no values yet. Its pickle is read by a machine that knows tensors and dictionaries only; nothing that it
 * names is imported or called.
 *
 * @throws {Error} if this is no such file, if it is damaged, or if its pickle asks for anything else.
 */
export async function openTorchFile(file: ByteSource): Promise<Weights> {
  const { source, size } = file;
  const [bytes] = await file.read([{ start: 0, end: Math.min(size, SIGNATURE_BYTES) }]);
  const beginning = String.fromCharCode(...bytes!);
  if (beginning.startsWith("PK\u0003\u0004")) return await openTorchZip(file);
  if (beginning.startsWith("\u0080")) return await openTorchLegacy(file);
  if (beginning.startsWith("version ")) {
    throw new Error(`${source} is a Git LFS pointer and holds no weights; run git lfs pull`);
  }
  throw new Error(
    `${source} is no file of torch.save: it begins with ${shown(beginning)}; get it again`,
  );
}
