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

  /** Add the counters of some lanes to histograms. */
  const adding = (
    call: Record<"counters" | "ranks" | "lanes" | "columnOf" | "histogram", number>,
  ) => {
    const { counters, ranks, lanes, columnOf, histogram } = call;
    for (let rank = 0; rank < ranks; rank++) {
      const own = histogram + 4 * view.getUint16(columnOf + 2 * rank, true);
      const edges = view.getUint16(counters + 2 * lanes * rank, true);
      view.setUint32(own, view.getUint32(own, true) + edges, true);
    }
  };

  return {
    addColumns: (counters, ranks, columnOf, lanes, histograms, width) => {
      for (let lane = 0; lane < lanes!; lane++) {
        const own = { counters: counters! + 2 * lane, histogram: histograms! + lane * width! };
        adding({ ...own, ranks: ranks!, lanes: LANES, columnOf: columnOf! });
      }
    },
    addRow: (ranks, columnOf, histogram) => {
      for (let lane = 0; lane < ROW_LANES; lane++) {
        const own = { counters: COUNTERS + 2 * lane, histogram: histogram! };
        adding({ ...own, ranks: ranks!, lanes: ROW_LANES, columnOf: columnOf! });
      }
    },
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
