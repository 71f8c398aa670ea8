/** What moment_kernel.as does, in plain TypeScript: tests hold the kernel against it. */

import type { MomentFunction } from "./moment_kernel.ts";
import { NODE_BYTES, TERMS } from "./moment_layout.ts";

/** The functions of the kernel on some memory. */
export function plainMomentKernel(
  memory: ArrayBuffer,
): Record<MomentFunction, (...numbers: number[]) => void> {
  const integers = new Uint32Array(memory), doubles = new Float64Array(memory);

  const add = (
    counts: number,
    stride: number,
    nodes: number,
    state: number,
    logs: number,
    moments: number,
    perUnit: number,
    width: number,
  ) => {
    for (let node = 0; node < nodes; node++) {
      const own = state + node * NODE_BYTES;
      const mass = integers[own / 4]! += integers[(counts + node * stride) / 4]!;
      const below = doubles[own / 8 + 1]! - doubles[logs / 8 + mass]!;
      const cell = Math.trunc(below * perUnit + 0.5), x = cell * width - below;
      // The powers x^k and x^(k + 1) are those two before, times x^2.
      const powers = [1, x];
      for (let term = 0; term < TERMS; term++) {
        doubles[moments / 8 + cell * TERMS + term]! += powers[term % 2]!;
        powers[term % 2]! *= x * x;
      }
    }
  };
  const evaluate = (
    moments: number,
    factors: number,
    centres: number,
    sums: number,
    pairs: number,
  ) => {
    for (let order = 0; order < 2 * pairs; order++) {
      const own = factors / 8 + 2 * TERMS * (order >> 1) + order % 2;
      let sum = 0;
      for (let term = 0; term < TERMS; term++) {
        sum += doubles[own + 2 * term]! * doubles[moments / 8 + term]!;
      }
      doubles[sums / 8 + order]! += doubles[centres / 8 + order]! * sum;
    }
  };
  return { add, evaluate };
}
