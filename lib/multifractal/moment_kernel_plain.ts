/** What moment_kernel.as does, in plain TypeScript: tests hold the kernel against it. */

import type { MomentFunction } from "./moment_kernel.ts";
import { NODE_BYTES, TERMS } from "./moment_layout.ts";

/** The functions of the kernel on some memory. */
export function plainMomentKernel(
  memory: ArrayBuffer,
): Record<MomentFunction, (...numbers: number[]) => void> {
  const integers = new Uint32Array(memory), doubles = new Float64Array(memory);
  return {
    begin(counts, stride, nodes, radii, minimum, state, edgesAt) {
      for (let node = 0; node < nodes!; node++) {
        const first = (counts! + node * stride!) / 4, own = (state! + node * NODE_BYTES) / 4;
        const edges = integers.subarray(first, first + radii!).reduce((a, b) => a + b, 0);
        integers[own] = +(edges > minimum!);
        integers[own + 1] = edges + 1;
        if (integers[own] === 0) continue;
        for (let j = 0; j < radii!; j++) doubles[edgesAt! / 8 + j]! += integers[first + j]!;
      }
    },

    grow(counts, stride, nodes, radii, state, logs, moments, next, logMasses, width) {
      for (let node = 0; node < nodes!; node++) {
        const first = (counts! + node * stride!) / 4, own = (state! + node * NODE_BYTES) / 4;
        if (integers[own] === 0) continue;
        const logTotal = doubles[logs! / 8 + integers[own + 1]!]!;
        for (let j = 0; j < radii!; j++) {
          const mass = integers[own]! += integers[first + j]!;
          const log = doubles[logs! / 8 + mass]!, below = logTotal - log;
          doubles[logMasses! / 8 + j]! += log;
          const cell = Math.floor(below / width! + 0.5), x = cell * width! - below;
          const place = (moments! + j * next!) / 8 + cell * TERMS;
          // The powers x^k and x^(k + 1) are those two before, times x^2.
          const powers = [1, x];
          for (let term = 0; term < TERMS; term++) {
            doubles[place + term]! += powers[term % 2]!;
            powers[term % 2]! *= x * x;
          }
        }
      }
    },

    evaluate(moments, factors, centres, sums, pairs) {
      for (let order = 0; order < 2 * pairs!; order++) {
        const own = factors! / 8 + 2 * TERMS * (order >> 1) + order % 2;
        let sum = 0;
        for (let term = 0; term < TERMS; term++) {
          sum += doubles[own + 2 * term]! * doubles[moments! / 8 + term]!;
        }
        doubles[sums! / 8 + order]! += doubles[centres! / 8 + order]! * sum;
      }
    },
  };
}
