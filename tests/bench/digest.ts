/** How fast a file's digest is taken, beside SHA-256 of bytes that are there. */

import { createHash } from "node:crypto";
import { openLocalFile } from "../../lib/checkpoints/local_file.ts";
import { cpuSeconds, median } from "./clock.ts";

/** Bytes a CPU second, in units of 10⁹. */
export interface DigestRates {
  /** Of a file that was read before, as opening a checkpoint does it. */
  readonly file: number;
  /** SHA-256 alone. */
  readonly hash: number;
}

/** Time both in turns; each round has a file of its own name, since digests are kept by name. */
export async function timeDigest(
  folder: string,
  bytes: number,
  rounds: number,
): Promise<DigestRates> {
  const content = new Uint8Array(bytes).map((_, i) => i * 31);
  const path = `${folder}/digest`;
  await Deno.writeFile(path, content);
  const files: number[] = [], hashes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const name = `${path}-${round}`;
    await Deno.rename(round === 0 ? path : `${path}-${round - 1}`, name);
    const begin = cpuSeconds();
    await openLocalFile(name).digest();
    const middle = cpuSeconds();
    createHash("sha256").update(content).digest();
    hashes.push(cpuSeconds() - middle);
    files.push(middle - begin);
  }
  await Deno.remove(`${path}-${rounds - 1}`);
  return { file: bytes / median(files) / 1e9, hash: bytes / median(hashes) / 1e9 };
}
