/** What count_kernel.as does, in plain TypeScript: tests hold the kernel against it. */

import type { CountFunction, KernelKind } from "./count_kernel.ts";
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
} from "./count_layout.ts";

/** The functions of the kernel on some memory. */
export function plainCountKernel(
  memory: ArrayBuffer,
): Record<CountFunction, (...numbers: number[]) => void> {
  const bytes = new Uint8Array(memory), view = new DataView(memory);

  const rankOf: Record<KernelKind, (at: number) => number> = {
    small: (at) => bytes[TABLE + view.getUint16(at, true)]!,
    large: (at) => view.getUint16(TABLE + 2 * view.getUint16(at, true), true),
    single: (at) => {
      const bits = view.getUint32(at, true) & 0x7fffffff;
      const rank = bytes[TABLE + (bits >>> SINGLE_SHIFT)]!;
      return rank + +(bits >= view.getUint32(BREAKPOINTS + 4 * rank, true));
    },
  };

  /** Count rows of as many weights as there are lanes. */
  const counting = (kind: KernelKind, lanes: number) => (at: number, rows: number) => {
    const size = kind === "single" ? 4 : 2;
    for (let k = 0; k < rows * lanes; k++) {
      const counter = COUNTERS + 2 * (rankOf[kind](at + k * size) * lanes + k % lanes);
      view.setUint16(counter, view.getUint16(counter, true) + 1, true);
    }
  };

  /** Copy the columns of all groups. */
  const bringing = (size: number) => (at: number, rows: number, stride: number) => {
    const width = LANES * size;
    for (let row = 0; row < rows; row++) {
      for (let group = 0; group < GROUPS; group++) {
        const from = at + row * stride + group * width;
        bytes.copyWithin(BLOCKS + group * BLOCK + row * width, from, from + width);
      }
    }
  };

  return {
    smallColumns: counting("small", LANES),
    largeColumns: counting("large", LANES),
    singleColumns: counting("single", LANES),
    smallRow: counting("small", ROW_LANES),
    largeRow: counting("large", ROW_LANES),
    singleRow: counting("single", ROW_LANES),
    bringHalves: bringing(2),
    bringSingles: bringing(4),
  };
}
