/**
 * Where things lie in the memory of the counting kernel, in bytes. TypeScript and AssemblyScript
 * both read this file, so it has plain numbers only.
 */

/**
 * Columns that are counted together: as many 16-bit weights or counters fill a cache line, and the
 * counters of 154 ranks take 10 KiB. Neighbours have counters of their own, so no addition waits
 * for the one before.
 */
export const LANES = 32;

/**
 * Counters of a neuron whose weights lie side by side: fewer wait for one another, more take longer
 * to add up.
 */
export const ROW_LANES = 8;

/**
 * Bits of a 32-bit number that a cell of the table leaves out: with 9 of its mantissa left, cells
 * are narrower than rounded lengths.
 */
export const SINGLE_SHIFT = 14;

/**
 * Groups of columns that are brought near together: as many bytes of a row at a time, so that fewer
 * pages are looked up.
 */
export const GROUPS = 4;

/**
 * Bytes of the rows of one group that are brought near: all groups' together stay in the second
 * cache.
 */
export const BLOCK = 0x20000;

/**
 * The counters that the kernel adds to, [ranks × lanes] of 16 bits; up to 65536 ranks of them. They
 * come first: the number of a lane is then part of the instruction, where an address further on
 * would have to be added.
 */
export const COUNTERS = 0;

/** The table from codes, or from the upper bits of 32-bit numbers, to ranks. */
export const TABLE = 0x400000;

/** The first 32-bit number of the rank after each rank. */
export const BREAKPOINTS = 0x480000;

/**
 * The rows that are brought near, one group's after another's; or, while counters are added up, the
 * column of each rank.
 */
export const BLOCKS = 0x500000;

/** What follows belongs to the caller. */
export const FREE = 0x580000;

/**
 * The least pages of 64 KiB that the memory has. V8 checks the bounds of every access at a constant
 * offset that lies beyond them, which makes the loop over weights a quarter slower.
 */
export const LEAST_PAGES = 0xb0;
