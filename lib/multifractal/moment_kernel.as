/**
 * The loops that touch every node at every radius: moments of ln p in cells. AssemblyScript; `deno
 * task kernels` compiles it into moment_kernel_wasm.ts, and moment_kernel_plain.ts does the same in
 * plain TypeScript. What the parameters of its functions are is said in moment_kernel.ts.
 */

import { NODE_BYTES, TERMS } from "./moment_layout";

/** Add up numbers of 32 bits. */
@inline
function sumOf(counts: usize, length: i32): u32 {
  let four = i32x4.splat(0), sum: u32 = 0;
  for (; length >= 4; length -= 4, counts += 16) four = i32x4.add(four, v128.load(counts));
  for (; length > 0; --length, counts += 4) sum += load<u32>(counts);
  return sum + i32x4.extract_lane(four, 0) + i32x4.extract_lane(four, 1) +
    i32x4.extract_lane(four, 2) + i32x4.extract_lane(four, 3);
}

export function begin(
  counts: usize,
  stride: usize,
  nodes: i32,
  radii: i32,
  minimum: f64,
  state: usize,
  edgesAt: usize,
): void {
  for (; nodes > 0; --nodes, counts += stride, state += NODE_BYTES) {
    const edges = sumOf(counts, radii), selected = <f64> edges > minimum;
    store<u32>(state, <u32> selected);
    store<u32>(state, edges + 1, 4);
    if (!selected) continue;
    let from = counts, to = edgesAt;
    for (let left = radii; left > 0; --left, from += 4, to += 8) {
      store<f64>(to, load<f64>(to) + <f64> load<i32>(from));
    }
  }
}

/** Add two powers to two moments. */
@inline
function addPair(moments: usize, powers: v128): void {
  v128.store(moments, f64x2.add(v128.load(moments), powers));
}

/** Add the powers 0 to 13 of a distance to moments. */
@inline
function addPowers(x: f64, moments: usize): void {
  const square = f64x2.splat(x * x);
  let powers = f64x2.replace_lane(f64x2.splat(1), 1, x);
  addPair(moments, powers);
  powers = f64x2.mul(powers, square);
  addPair(moments + 16, powers);
  powers = f64x2.mul(powers, square);
  addPair(moments + 32, powers);
  powers = f64x2.mul(powers, square);
  addPair(moments + 48, powers);
  powers = f64x2.mul(powers, square);
  v128.store(moments, f64x2.add(v128.load(moments, 64), powers), 64);
  powers = f64x2.mul(powers, square);
  addPair(moments + 80, powers);
  powers = f64x2.mul(powers, square);
  addPair(moments + 96, powers);
}

/**
 * A whole number that is not negative, as an integer: quicker than a conversion, which must look
 * out for numbers too large.
 */
@inline
function integerOf(whole: f64): usize {
  return <usize> reinterpret<i64>(whole + 4503599627370496);
}

/**
 * A node follows all radii before the next does: neighbours in memory then wait for none of each
 * other's sums.
 */
export function grow(
  counts: usize,
  stride: usize,
  nodes: i32,
  radii: i32,
  state: usize,
  logs: usize,
  moments: usize,
  next: usize,
  logMasses: usize,
  width: f64,
): void {
  const perUnit = 1 / width;
  for (; nodes > 0; --nodes, counts += stride, state += NODE_BYTES) {
    let mass = load<u32>(state);
    if (mass == 0) continue;
    const logTotal = load<f64>(logs + (<usize> load<u32>(state, 4) << 3));
    let from = counts, own = moments, to = logMasses;
    for (let left = radii; left > 0; --left, from += 4, own += next, to += 8) {
      mass += load<u32>(from);
      const log = load<f64>(logs + (<usize> mass << 3));
      store<f64>(to, load<f64>(to) + log);
      const below = logTotal - log, cell = floor(below * perUnit + 0.5);
      addPowers(cell * width - below, own + integerOf(cell) * (8 * TERMS));
    }
    store<u32>(state, mass);
  }
}

export function evaluate(
  moments: usize,
  factors: usize,
  centres: usize,
  sums: usize,
  pairs: i32,
): void {
  do {
    let sum = f64x2.mul(v128.load(factors), v128.load64_splat(moments));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 16), v128.load64_splat(moments, 8)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 32), v128.load64_splat(moments, 16)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 48), v128.load64_splat(moments, 24)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 64), v128.load64_splat(moments, 32)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 80), v128.load64_splat(moments, 40)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 96), v128.load64_splat(moments, 48)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 112), v128.load64_splat(moments, 56)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 128), v128.load64_splat(moments, 64)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 144), v128.load64_splat(moments, 72)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 160), v128.load64_splat(moments, 80)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 176), v128.load64_splat(moments, 88)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 192), v128.load64_splat(moments, 96)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(factors, 208), v128.load64_splat(moments, 104)));
    v128.store(sums, f64x2.add(v128.load(sums), f64x2.mul(v128.load(centres), sum)));
    factors += 16 * TERMS;
    centres += 16;
    sums += 16;
  } while (--pairs);
}
