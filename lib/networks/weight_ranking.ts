/** How the weights of each format are ranked, and by which kernel they are counted. */
import type { FloatType } from "../checkpoints/checkpoint.ts";
import { type CountKernel, type KernelKind, SMALL_RANKS } from "./count_kernel.ts";
import type { LengthBins } from "./length_bins.ts";
import { StepRanks } from "./step_ranks.ts";
import { ranksOfHalves, ranksOfSingles, type WeightRanks } from "./weight_ranks.ts";

/** How the weights of one format are ranked. */
export interface Ranking {
  /** Which kernel counts them. */
  readonly kind: KernelKind;
  /** Their ranks. */
  readonly ranks: WeightRanks;
  /** Ready a kernel for it. */
  readonly prepare: (kernel: CountKernel) => void;
  /** Ranks by arithmetic, where weights cannot be looked up as they are stored. */
  readonly steps?: StepRanks;
}

/** Rankings made last: each takes as long as counting a million weights, and all parts of a model need the same. */
const rankings = new Map<string, Ranking>(), MOST_RANKINGS = 8;

/**
 * The ranking of the weights of a format, used again where it is one of the last that were made.
 *
 * @param format How they are stored, or `"norms"` of kernels that are taken from what is stored.
 * @param lengths Ways of binning.
 * @throws {RangeError} If there are more ranks than 16 bits number.
 */
export function rankingFor(format: FloatType | "norms", lengths: readonly LengthBins[]): Ranking {
  const key = JSON.stringify([format, lengths]);
  const ranking = rankings.get(key) ?? rankingOf(format, lengths);
  rankings.delete(key);
  rankings.set(key, ranking);
  if (rankings.size > MOST_RANKINGS) rankings.delete(rankings.keys().next().value!);
  return ranking;
}

function rankingOf(format: FloatType | "norms", lengths: readonly LengthBins[]): Ranking {
  if (format === "F16" || format === "BF16") {
    const ranks = ranksOfHalves(format, lengths);
    return byTable(ranks, ranks.table);
  }
  const singles = format === "F32" ? ranksOfSingles(lengths) : null;
  if (singles) {
    const prepare = (kernel: CountKernel) => {
      kernel.setTable(singles.table);
      kernel.setBreakpoints(singles.breakpoints);
    };
    return { kind: "single", ranks: singles, prepare };
  }
  const steps = new StepRanks(lengths);
  const same = Uint16Array.from({ length: steps.ranks }, (_, step) => step);
  return { ...byTable(steps, same), steps };
}

function byTable(ranks: WeightRanks, table: Uint16Array): Ranking {
  const small = ranks.ranks <= SMALL_RANKS;
  const entries = small ? Uint8Array.from(table) : table;
  return {
    kind: small ? "small" : "large",
    ranks,
    prepare: (kernel) => kernel.setTable(entries),
  };
}
