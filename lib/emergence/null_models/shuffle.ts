/** Random orders of stored weights, without decoding them. */

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { shuffleItems, type Words, wordsLike } from "./shuffle_items.ts";
import type { StoredMatrix } from "./stored_matrix.ts";

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

/**
 * Put the edges of some stored rows in a random order, each row by itself, in place; a row that
 * holds several matrices is shuffled matrix by matrix. Stream r shuffles row r of the tensor.
 */
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

/**
 * Put the edges of each stored column of a whole tensor in a random order, in place; a column that holds several
 * matrices is shuffled matrix by matrix. Stream c shuffles column c.
 */
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
