/**
 * The loop that touches every weight: how many of each neuron's have which rank. AssemblyScript;
 * `deno task kernels` compiles it into count_kernel_wasm.ts, and count_kernel_plain.ts does the
 * same in plain TypeScript.
 */

import {
  BLOCK,
  BLOCKS,
  BREAKPOINTS,
  COUNTERS,
  GROUPS,
  LANES,
  ROW_LANES,
  SINGLE_SHIFT,
  TABLE,
} from "./count_layout";

/** How stored weights become ranks. */
const SMALL = 0, LARGE = 1, SINGLE = 2;

@inline
function rankOf(kind: i32, at: usize, lane: usize): usize {
  if (kind == SMALL) return load<u8>(load<u16>(at + 2 * lane), TABLE);
  if (kind == LARGE) return load<u16>(<usize> load<u16>(at + 2 * lane) << 1, TABLE);
  // The table has the rank of the first number of each cell; one breakpoint may lie within the
  // cell.
  const bits = load<u32>(at + 4 * lane) & 0x7fffffff;
  const rank = <usize> load<u8>(bits >>> SINGLE_SHIFT, TABLE);
  return rank + <usize> (bits >= load<u32>(rank << 2, BREAKPOINTS));
}

/** Count the weight of one lane, without a branch. */
@inline
function countLane(kind: i32, lanes: usize, at: usize, lane: usize): void {
  const counter = COUNTERS + rankOf(kind, at, lane) * (2 * lanes) + 2 * lane;
  store<u16>(counter, load<u16>(counter) + 1);
}

@inline
function countEight(kind: i32, lanes: usize, at: usize, first: usize): void {
  countLane(kind, lanes, at, first);
  countLane(kind, lanes, at, first + 1);
  countLane(kind, lanes, at, first + 2);
  countLane(kind, lanes, at, first + 3);
  countLane(kind, lanes, at, first + 4);
  countLane(kind, lanes, at, first + 5);
  countLane(kind, lanes, at, first + 6);
  countLane(kind, lanes, at, first + 7);
}

/** Count some rows of {@linkcode LANES} weights. */
@inline
function countColumns(kind: i32, at: usize, rows: i32): void {
  do {
    countEight(kind, LANES, at, 0);
    countEight(kind, LANES, at, 8);
    countEight(kind, LANES, at, 16);
    countEight(kind, LANES, at, 24);
    at += LANES * (kind == SINGLE ? 4 : 2);
  } while (--rows);
}

/** Count some times {@linkcode ROW_LANES} weights. */
@inline
function countRow(kind: i32, at: usize, times: i32): void {
  do {
    countEight(kind, ROW_LANES, at, 0);
    at += ROW_LANES * (kind == SINGLE ? 4 : 2);
  } while (--times);
}

export function smallColumns(at: usize, rows: i32): void {
  countColumns(SMALL, at, rows);
}

export function largeColumns(at: usize, rows: i32): void {
  countColumns(LARGE, at, rows);
}

export function singleColumns(at: usize, rows: i32): void {
  countColumns(SINGLE, at, rows);
}

export function smallRow(at: usize, times: i32): void {
  countRow(SMALL, at, times);
}

export function largeRow(at: usize, times: i32): void {
  countRow(LARGE, at, times);
}

export function singleRow(at: usize, times: i32): void {
  countRow(SINGLE, at, times);
}

/** Copy 64 bytes. */
@inline
function copyLine(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
}

/**
 * Copy the same columns of some rows together, those of {@linkcode GROUPS} groups. A few
 * instructions a row let the processor wait for many rows at once, which lie far apart; counted
 * where they lie, 4 KiB from row to row, they take a quarter longer.
 */
export function bringHalves(at: usize, rows: i32, stride: usize): void {
  let to: usize = BLOCKS;
  do {
    copyLine(to, at);
    copyLine(to + BLOCK, at + 64);
    copyLine(to + 2 * BLOCK, at + 128);
    copyLine(to + 3 * BLOCK, at + 192);
    at += stride;
    to += 64;
  } while (--rows);
}

/** The same of weights of 32 bits. */
export function bringSingles(at: usize, rows: i32, stride: usize): void {
  let to: usize = BLOCKS;
  do {
    copyLine(to, at);
    copyLine(to + 64, at + 64);
    copyLine(to + BLOCK, at + 128);
    copyLine(to + BLOCK + 64, at + 192);
    copyLine(to + 2 * BLOCK, at + 256);
    copyLine(to + 2 * BLOCK + 64, at + 320);
    copyLine(to + 3 * BLOCK, at + 384);
    copyLine(to + 3 * BLOCK + 64, at + 448);
    at += stride;
    to += 128;
  } while (--rows);
}

/** Add a number to one of a histogram's columns. */
@inline
function addAt(histogram: usize, column: usize, edges: u32): void {
  const own = histogram + (column << 2);
  store<u32>(own, load<u32>(own) + edges);
}

/**
 * Add the counters of some columns of weights, [ranks * {@linkcode LANES}], to their histograms,
 * each `width` bytes from the one before. `columnOf` is the place of the column of each rank.
 */
export function addColumns(
  counters: usize,
  ranks: i32,
  columnOf: usize,
  lanes: i32,
  histograms: usize,
  width: usize,
): void {
  for (; lanes > 0; --lanes, counters += 2, histograms += width) {
    let from = counters, column = columnOf;
    for (let left = ranks; left > 0; --left, from += 2 * LANES, column += 2) {
      addAt(histograms, load<u16>(column), load<u16>(from));
    }
  }
}

/** Add the counters of a row of weights, [ranks * {@linkcode ROW_LANES}], to its histogram. */
export function addRow(ranks: i32, columnOf: usize, histogram: usize): void {
  let from: usize = COUNTERS;
  for (; ranks > 0; --ranks, from += 2 * ROW_LANES, columnOf += 2) {
    const four = i32x4.extadd_pairwise_i16x8_u(v128.load(from));
    const two = i32x4.add(four, v128.shuffle<i32>(four, four, 2, 3, 0, 1));
    const edges = i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1);
    addAt(histogram, load<u16>(columnOf), edges);
  }
}
