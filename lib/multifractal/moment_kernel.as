/**
 * The loops that touch every node at every radius: moments of ln p in cells. AssemblyScript; `deno task kernels` compiles it
 * into moment_kernel_wasm.ts, and moment_kernel_plain.ts does the same in plain TypeScript.
 */

import { NODE_BYTES, TERMS } from "./moment_layout";

/** Add two powers to two moments. */
@inline
function addPair(moments: usize, powers: v128): void {
  v128.store(moments, f64x2.add(v128.load(moments), powers));
}

export function add(
  counts: usize,
  stride: usize,
  nodes: i32,
  state: usize,
  logs: usize,
  moments: usize,
  perUnit: f64,
  width: f64,
): void {
  do {
    const mass = load<u32>(state) + load<u32>(counts);
    store<u32>(state, mass);
    const below = load<f64>(state, 8) - load<f64>(logs + (<usize> mass << 3));
    const cell = <i32> (below * perUnit + 0.5);
    const x = <f64> cell * width - below;
    const own = moments + <usize> cell * (8 * TERMS);
    const square = f64x2.splat(x * x);
    let powers = f64x2.replace_lane(f64x2.splat(1), 1, x);
    addPair(own, powers);
    powers = f64x2.mul(powers, square);
    addPair(own + 16, powers);
    powers = f64x2.mul(powers, square);
    addPair(own + 32, powers);
    powers = f64x2.mul(powers, square);
    addPair(own + 48, powers);
    powers = f64x2.mul(powers, square);
    addPair(own + 64, powers);
    powers = f64x2.mul(powers, square);
    addPair(own + 80, powers);
    powers = f64x2.mul(powers, square);
    addPair(own + 96, powers);
    counts += stride;
    state += NODE_BYTES;
  } while (--nodes);
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
