/** What the flags of `deno task neuromfa` mean. */
import type { QGrid } from "../multifractal/q_grid.ts";
import type { MedianThreshold } from "../networks/median_length.ts";
import { type AnalysisOptions, analysisOptions } from "../runs/analysis_options.ts";
import type { COMMAND } from "./neuromfa_flags.ts";
import { FlagError, type FlagValues } from "./parse_flags.ts";

/** The values of the flags. */
export type Flags = FlagValues<typeof COMMAND.flags>;

/**
 * What the flags ask for.
 *
 * @throws {FlagError} If a value cannot be understood or is out of range.
 */
export function optionsOfFlags(flags: Flags): AnalysisOptions {
  if (flags.network === "full") {
    throw new FlagError(
      "--network full is not offered by the command yet: choose sampled, or call fullNetworkMasses from a script.",
    );
  }
  const filterMode = flags.filter_mode;
  if (!(filterMode === 0 || filterMode === 1 || filterMode === 2 || filterMode === 3)) {
    throw new FlagError(`--filter_mode must be 0, 1, 2 or 3, not ${filterMode}.`);
  }
  return analysisOptions({
    convention: flags.convention as "reference" | "corrected",
    samples: flags.sample_num,
    layerSample: flags.layer_sample,
    threshold: readThreshold(flags.threshold),
    digits: flags.digits,
    distance: flags.distance as "edge" | "path",
    q: readGrid(flags.q),
    filterMode,
    nfdThreshold: flags.nfd_threshold,
    ...given({
      alpha0: flags.alpha0 as "analytic" | "argmax" | undefined,
      qkv: flags.qkv as "per-head" | "reference" | undefined,
      edges: flags.edges as "all" | "sampled" | undefined,
      filterTolerance: flags.filter_tolerance,
      layers: flags.layers,
    }),
  });
}

/** The steps asked for, or `undefined` for all. */
export function stepsOfFlags({ steps }: Flags): number[] | undefined {
  return steps?.map((text) => {
    if (/^\d+$/.test(text)) return Number(text);
    throw new FlagError(`--steps must be whole numbers separated by commas, but one is "${text}".`);
  });
}

function readThreshold(text: string): number | MedianThreshold {
  const [, digits, medians] = /^(\d+(?:\.\d+)?(?:e\d+)?)(m?)$/.exec(text) ?? [];
  if (digits === undefined || !(Number(digits) > 0)) {
    throw new FlagError(
      `--threshold must be a length such as 150, or medians such as 2.8m, not "${text}".`,
    );
  }
  return medians ? { medians: Number(digits) } : Number(digits);
}

function readGrid(text: string): QGrid {
  const parts = text.split(":").map((part) => part.trim() === "" ? NaN : Number(part));
  if (parts.length !== 3 || !parts.every(Number.isFinite)) {
    throw new FlagError(`--q must be min:max:step such as -3:3:0.1, not "${text}".`);
  }
  const [min, max, step] = parts as [number, number, number];
  return { min, max, step };
}

/** An object without the entries that are `undefined`. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
