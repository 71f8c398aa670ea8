/** Random streams that are named, so that what one of them draws depends on nothing that was drawn before. */
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * Open a family of random streams. The SHA-256 of `seed/draw/name` gives eight words of 32 bits; word k of the
 * state of stream `index` mixes the k-th of the first four with the index and the k-th of the last four. For each word that is
 * a one-to-one map of the index, so no two streams of a family begin alike, and all 128 bits of the state count.
 *
 * @param seed The user's seed.
 * @param draw The number of the draw.
 * @param name What the streams are for.
 * @returns The stream with a number from 0 to 2³² − 1.
 */
export async function seededStreams(
  seed: number,
  draw: number,
  name: string,
): Promise<(index: number) => RandomGenerator> {
  const text = new TextEncoder().encode(`${seed}/${draw}/${name}`);
  const words = new Int32Array(8);
  const digest = new DataView(await crypto.subtle.digest("SHA-256", text));
  for (let i = 0; i < words.length; i++) words[i] = digest.getInt32(4 * i);
  return (index) =>
    xoroshiro128plusFromState(
      [0, 1, 2, 3].map((k) => mixed(words[k]! ^ mixed(index ^ words[k + 4]!))),
    );
}

/** The finishing step of MurmurHash3 (Appleby, 2011), in which each bit of the input flips half of the output's. */
function mixed(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
