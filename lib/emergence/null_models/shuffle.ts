/** Random orders of stored weights, without decoding them. */

import { sha256 } from "@noble/hashes/sha2.js";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { StoredMatrix } from "./stored_matrix.ts";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** Columns that are shuffled together, so that a row's part of them fills a line of the processor's cache. */
const COLUMNS_TOGETHER = 32;

/** The stream of random numbers with an index. */
type Streams = (index: number) => RandomGenerator;

/** Put all edges of each matrix of a stored tensor in a random order, in place; stream p shuffles matrix p. */
export function shuffleMatrices(
  words: Words,
  width: number,
  { rows, columns, rowsAreTargets, parts }: StoredMatrix,
  streams: Streams,
): void {
  if (parts.length === 1) return shuffleItems(words, width, streams(0));
  parts.forEach((ranges, part) => {
    const runs = rowsAreTargets
      ? ranges.map(({ start, end }) => ({ start: start * columns, end: end * columns }))
      : Array.from({ length: rows }, (_, row) =>
        ranges.map(({ start, end }) => ({
          start: row * columns + start,
          end: row * columns + end,
        }))).flat();
    shuffleRuns(words, width, runs, streams(part));
  });
}

/** Put the edges of each stored row in a random order, in place, matrix by matrix; stream r shuffles row r of the tensor. */
export function shuffleWithinRows(
  words: Words,
  width: number,
  { columns, rowsAreTargets, parts }: StoredMatrix,
  numbers: Iterable<number>,
  streams: Streams,
): void {
  const whole = [[{ start: 0, end: columns }]];
  let begin = 0;
  for (const row of numbers) {
    const generator = streams(row);
    const own = words.subarray(begin, begin += columns * width);
    for (const ranges of rowsAreTargets ? whole : parts) {
      shuffleRuns(own, width, ranges, generator);
    }
  }
}

/** Put the edges of each stored column in a random order, in place, matrix by matrix; stream c shuffles column c. */
export function shuffleWithinColumns(
  words: Words,
  width: number,
  { rows, columns, rowsAreTargets, parts }: StoredMatrix,
  streams: Streams,
): void {
  const matrices = rowsAreTargets ? parts : [[{ start: 0, end: rows }]];
  const together = wordsLike(words, Math.min(columns, COLUMNS_TOGETHER) * rows * width);
  for (let first = 0; first < columns; first += COLUMNS_TOGETHER) {
    const count = Math.min(COLUMNS_TOGETHER, columns - first);
    const move = (copy: (near: number, far: number) => void) => {
      for (let row = 0; row < rows; row++) {
        for (let c = 0; c < count; c++) {
          const near = (c * rows + row) * width, far = (row * columns + first + c) * width;
          for (let w = 0; w < width; w++) copy(near + w, far + w);
        }
      }
    };
    move((near, far) => together[near] = words[far]!);
    for (let c = 0; c < count; c++) {
      const generator = streams(first + c);
      const own = together.subarray(c * rows * width, (c + 1) * rows * width);
      for (const ranges of matrices) shuffleRuns(own, width, ranges, generator);
    }
    move((near, far) => words[far] = together[near]!);
  }
}

/** Shuffle the items of some runs among all of those runs. */
function shuffleRuns(
  words: Words,
  width: number,
  runs: readonly { readonly start: number; readonly end: number }[],
  generator: RandomGenerator,
): void {
  const only = runs[0];
  if (runs.length === 1 && only) {
    return shuffleItems(words.subarray(only.start * width, only.end * width), width, generator);
  }
  const items = runs.reduce((sum, { start, end }) => sum + end - start, 0);
  const gathered = wordsLike(words, items * width);
  let filled = 0;
  for (const { start, end } of runs) {
    gathered.set(words.subarray(start * width, end * width), filled);
    filled += (end - start) * width;
  }
  shuffleItems(gathered, width, generator);
  filled = 0;
  for (const { start, end } of runs) {
    words.set(gathered.subarray(filled, filled += (end - start) * width), start * width);
  }
}

/** Stored bytes as unsigned integers, of 16 bits where the number format has 16 and of 32 elsewhere. */
export type Words = Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Items up to which a place anywhere among them is near; measured best on a matrix of 2²⁴ weights. */
const FEW = 2 ** 17;

/** Piles that many items are dealt to first: as many as eight random bits tell apart. */
const PILES = 256;

/** Zeros of the same kind as some words. */
export function wordsLike(words: Words, length: number): Words {
  return words instanceof Uint16Array ? new Uint16Array(length) : new Uint32Array(length);
}

/** Put items of `width` words in a random order, in place; many go by random piles (Rao, 1961; Sandelius, 1962). */
export function shuffleItems(words: Words, width: number, generator: RandomGenerator): void {
  const items = words.length / width;
  if (items <= FEW) return exchange(words, width, generator);
  const piles = new Uint8Array(items), begins = new Uint32Array(PILES + 1);
  for (let i = 0, bits = 0; i < items; i++, bits >>>= 8) {
    if (i % 4 === 0) bits = generator.next();
    begins[(piles[i] = bits & 255) + 1]!++;
  }
  for (let pile = 0; pile < PILES; pile++) begins[pile + 1]! += begins[pile]!;
  const dealt = wordsLike(words, words.length), next = begins.slice();
  for (let i = 0, from = 0; i < items; i++) {
    let to = next[piles[i]!]!++ * width;
    for (const end = to + width; to < end;) dealt[to++] = words[from++]!;
  }
  for (let pile = 0; pile < PILES; pile++) {
    const own = dealt.subarray(begins[pile]! * width, begins[pile + 1]! * width);
    shuffleItems(own, width, generator);
  }
  words.set(dealt);
}

/** Fisher and Yates' shuffle. */
function exchange(words: Words, width: number, generator: RandomGenerator): void {
  for (let i = words.length / width - 1; i > 0; i--) {
    const j = uniformBelow(i + 1, generator);
    for (let w = 0, a = i * width, b = j * width; w < width; w++, a++, b++) {
      const word = words[a]!;
      words[a] = words[b]!;
      words[b] = word;
    }
  }
}

/** An integer below n, at most 2²¹, each equally likely: the few unfair fractions are drawn again (Lemire, 2019). */
export function uniformBelow(n: number, generator: RandomGenerator): number {
  for (;;) {
    const product = (generator.next() >>> 0) * n;
    const whole = Math.floor(product * 2 ** -32);
    const rest = product - whole * 2 ** 32;
    if (rest >= n || rest >= 2 ** 32 % n) return whole;
  }
}

/** Fill an array with draws from the normal distribution with mean 0 and deviation 1 (Box and Muller, 1958). */
export function fillNormal(values: Float64Array, generator: RandomGenerator): void {
  for (let i = 0; i < values.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)));
    const angle = 2 * Math.PI * uniformFloat64(generator);
    values[i] = radius * Math.cos(angle);
    if (i + 1 < values.length) values[i + 1] = radius * Math.sin(angle);
  }
}

/**
 * Open a family of random streams, numbered from 0 to 2³² − 1. The SHA-256 of `seed/draw/name`
 * gives eight words of 32 bits; word k of the state of stream `index` mixes the k-th of the first
 * four with the index and the k-th of the last four. For each word that is a one-to-one map of the
 * index, so no two streams of a family begin alike, and all 128 bits of the state count.
 */
export function seededStreams(
  seed: number,
  draw: number,
  name: string,
): (index: number) => RandomGenerator {
  const text = new TextEncoder().encode(`${seed}/${draw}/${name}`);
  const words = new Int32Array(8);
  const digest = new DataView(sha256(text).slice().buffer);
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
