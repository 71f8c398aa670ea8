/** A file that `torch.save` wrote, in either of its forms. */

import { shown } from "../../messages/shown.ts";
import { type ByteSource, readRange } from "../byte_source.ts";
import type { Weights } from "../weights.ts";
import { policyOf } from "./stable_baselines.ts";
import { openTorchLegacy } from "./torch_legacy.ts";
import { openTorchZip } from "./torch_zip.ts";
import { zipEntries } from "./zip_entries.ts";

/** Bytes that tell what kind of file it is. */
const SIGNATURE_BYTES = 16;

/**
 * Open what `torch.save` wrote, such as a `pytorch_model.bin` with a state dict or a whole module,
 * or `torch.jit.save`, or the policy in a file of stable-baselines3: what it holds is read and
 * checked, no values yet. Its pickle is read by a machine that knows tensors and dictionaries only;
 * nothing that it names is imported or called.
 *
 * @param key The entry that holds the tensors; the only one that does unless given.
 */
export async function openTorchFile(file: ByteSource, key?: string): Promise<Weights> {
  try {
    return await openByBeginning(file, key);
  } catch (cause) {
    if (!await wasTakenForText(file).catch(() => false)) throw cause;
    throw new Error(
      `${file.source} was once read and written as text, which has lost the bytes that are no text; get it again as it was`,
      { cause },
    );
  }
}

/** Bytes at the front of a file in which text is looked for. */
const FRONT_BYTES = 512;

/**
 * Whether a file begins with text that has several of the characters that stand for bytes which are
 * none.
 */
async function wasTakenForText(file: ByteSource): Promise<boolean> {
  const front = await readRange(file, 0, Math.min(file.size, FRONT_BYTES));
  const text = new TextDecoder("utf-8", { fatal: true }).decode(front, { stream: true });
  return text.split("\ufffd").length > 2;
}

async function openByBeginning(file: ByteSource, key?: string): Promise<Weights> {
  const beginning = await beginningOf(file);
  if (!beginning.startsWith(ZIP)) return await openPickles(file, beginning, key);
  const entries = await zipEntries(file), policy = await policyOf(file, entries);
  if (policy === null) return await openTorchZip(file, entries, key);
  const ofPolicy = await beginningOf(policy);
  return ofPolicy.startsWith(ZIP)
    ? await openTorchZip(policy, await zipEntries(policy), key)
    : await openPickles(policy, ofPolicy, key);
}

/** How zip files begin. */
const ZIP = "PK\u0003\u0004";

async function beginningOf(file: ByteSource): Promise<string> {
  const count = Math.min(file.size, SIGNATURE_BYTES);
  return String.fromCharCode(...await readRange(file, 0, count));
}

/** Open the older form; other files are refused by how they begin. */
async function openPickles(file: ByteSource, beginning: string, key?: string): Promise<Weights> {
  const { source } = file;
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
