/** Damage a file in thousands of ways and check that reading it always ends well. */

import assert from "node:assert/strict";
import { mulberry32 } from "../golden/seeded_normals.ts";

/** A random whole number from 0 to below the limit. */
export type Below = (limit: number) => number;

/** One way to damage bytes. */
export type Mutation = (bytes: Uint8Array, below: Below) => Uint8Array;

/** How many damaged files a test tries. */
export const mutations = 2000;

/** Texts that upset parsers of numbers, names and structure. */
export const nastyTexts: readonly string[] = [
  ..."-1|0|1e308|NaN|9007199254740993|18446744073709551615|null|true|0.5".split("|"),
  ...'[ ] { } " \\ , : [[[[[[[[ ../ "mask"'.split(" "),
  '"F64"',
  "\u0000",
  "  ",
];

/** `part` put in place of the `removed` bytes from `at` on. */
export function spliced(
  bytes: Uint8Array,
  at: number,
  removed: number,
  part: Uint8Array,
): Uint8Array {
  return new Uint8Array([...bytes.subarray(0, at), ...part, ...bytes.subarray(at + removed)]);
}

/** Damage that any file can take. */
const anyFile: readonly Mutation[] = [
  function flipBit(bytes, below) {
    const changed = bytes.slice(), at = below(bytes.length + 1);
    if (at < bytes.length) changed[at]! ^= 1 << below(8);
    return changed;
  },
  function otherByte(bytes, below) {
    const changed = bytes.slice(), at = below(bytes.length + 1);
    if (at < bytes.length) changed[at] = [0, 1, 127, 128, 255][below(5)]!;
    return changed;
  },
  (bytes, below) => bytes.slice(0, below(bytes.length + 1)),
  function removeOrRepeat(bytes, below) {
    const at = below(bytes.length + 1), count = below(9);
    return spliced(bytes, at, count, bytes.slice(at, at + below(2) * 2 * count));
  },
  function insertText(bytes, below) {
    const text = new TextEncoder().encode(nastyTexts[below(nastyTexts.length)]);
    return spliced(bytes, below(bytes.length + 1), below(2) * below(9), text);
  },
  (bytes, below) => new Uint8Array([...bytes, ...new Uint8Array(below(9))]),
];

/** What is tried and what must be true of it. */
export interface FuzzOptions {
  /** The file that is damaged, and the first letters of every message about it. */
  readonly original: Uint8Array;
  readonly source: string;
  readonly seed: number;
  /** More ways to damage this kind of file. */
  readonly own?: readonly Mutation[];
  /** Read all there is in the file, and return the bytes of the largest value. */
  readonly read: (bytes: Uint8Array) => Promise<number>;
}

/**
 * Damage the file {@linkcode mutations} times, each in one to three ways, and check that reading it gives values no
 * larger than the file, or a plain error that names it, in little time and memory. Returns how many
 * could be read, and the different errors with what varies left out.
 */
export async function fuzz(
  { original, source, seed, own = [], read }: FuzzOptions,
): Promise<{ readable: number; reasons: ReadonlySet<string> }> {
  const next = mulberry32(seed);
  const below: Below = (limit) => next() % limit;
  const kinds = [...anyFile, ...own];
  const memoryBefore = Deno.memoryUsage().rss;
  const reasons = new Set<string>();
  let readable = 0;
  for (let i = 0; i < mutations; i++) {
    let bytes = original;
    for (let change = below(3); change >= 0; change--) {
      bytes = kinds[below(kinds.length)]!(bytes, below);
    }
    const start = performance.now();
    try {
      const largest = await read(bytes);
      assert.ok(largest <= bytes.length, `mutation ${i} gave more values than the file has bytes`);
      readable++;
    } catch (error) {
      assert.ok(error instanceof Error);
      const text = `mutation ${i}: ${error.stack}`;
      assert.equal(Object.getPrototypeOf(error), Error.prototype, text);
      assert.match(error.message, /^\/\P{Cc}{10,700}$/u, text);
      assert.doesNotMatch(error.message, /undefined|is not a function|cannot read prop/i, text);
      assert.ok(error.message.startsWith(source), text);
      const reason = error.message.slice(source.length);
      reasons.add(reason.replace(/asks for .*?, |"[^"]*"|0x\w+|-?\d[-\d.e+,]*|\[.*?\]/g, "…"));
    }
    assert.ok(performance.now() - start < 2000, `mutation ${i} took too long`);
  }
  assert.ok(Deno.memoryUsage().rss - memoryBefore < 200e6);
  return { readable, reasons };
}
