/** Claims on parts of a far file, so that one of several processes with one cache moves what all need. */

import { type Claim, claimFile } from "../../files/claim.ts";
import type { ByteRange } from "../byte_source.ts";

/** The most parts of a file that are claimed one by one: a process may hold some hundred files open. */
const MOST_BLOCKS = 64;
/** Bytes of the smallest part that is claimed by itself: a second's work of a fast line. */
const LEAST_BLOCK = 1 << 26;

/**
 * Claim the blocks of a file that some ranges touch, and wait for those that another process moves.
 * All take them in the same order, so that no two wait for each other. Where locks or files cannot
 * be made there are no claims, and everybody moves what it needs.
 *
 * @param path Where the file's bytes are kept; the claims lie beside it and are gone afterwards.
 * @param onWait Told once if another process has to be waited for.
 */
export async function claimBlocks(
  path: string,
  size: number,
  ranges: readonly ByteRange[],
  onWait: () => void,
): Promise<Disposable> {
  const length = Math.max(LEAST_BLOCK, Math.ceil(size / MOST_BLOCKS));
  const blocks = new Set<number>();
  for (const { start, end } of ranges) {
    for (let block = Math.floor(start / length); block * length < end; block++) blocks.add(block);
  }
  const claims: Claim[] = [];
  let isTold = false;
  for (const block of [...blocks].sort((a, b) => a - b)) {
    const claim = (wait: boolean) => claimFile(`${path}.${block}.lock`, { wait, isPassing: true });
    try {
      const free = await claim(false);
      if (free === null && !isTold) {
        isTold = true;
        onWait();
      }
      claims.push(free ?? (await claim(true))!);
    } catch {
      // Whatever keeps files from being made here is said where bytes are kept.
    }
  }
  return {
    [Symbol.dispose]() {
      for (const claim of claims) claim[Symbol.dispose]();
    },
  };
}
