/** What the flags of `deno task neuromfa` ask to be measured. */
import type { NullKind } from "../emergence/null_models/null_kind.ts";
import type { FixedRadii } from "../multifractal/fixed_radii.ts";
import type { QGrid } from "../multifractal/q_grid.ts";
import type { MedianThreshold } from "../networks/median_length.ts";
import { type AnalysisOptions, analysisOptions } from "../runs/analysis_options.ts";
import { type FullAnalysisOptions, fullAnalysisOptions } from "../runs/full_analysis_options.ts";
import type { PartialNullModelChoice } from "../runs/null_model_choice.ts";
import type { COMMAND } from "./neuromfa_flags.ts";
import { FlagError, type FlagValues } from "./parse_flags.ts";

/** The values of the flags. */
export type Flags = FlagValues<typeof COMMAND.flags>;

/**
 * The options that the flags ask for.
 *
 * @throws {FlagError} If a value cannot be understood or is out of range, or a flag makes no sense with another.
 */
export function optionsOfFlags(flags: Flags): AnalysisOptions | FullAnalysisOptions {
  const filterMode = flags.filter_mode;
  if (!(filterMode === 0 || filterMode === 1 || filterMode === 2 || filterMode === 3)) {
    throw new FlagError(`--filter_mode must be 0, 1, 2 or 3, not ${filterMode}.`);
  }
  const only = [...flags.layers ?? [], ...flags.roles ?? []];
  const threshold = readThreshold(flags.threshold);
  const measuring = {
    convention: flags.convention as "reference" | "corrected",
    digits: flags.digits,
    q: readGrid(flags.q),
    filterMode,
    nfdThreshold: flags.nfd_threshold,
    ...given({
      alpha0: flags.alpha0 as "analytic" | "argmax" | undefined,
      filterTolerance: flags.filter_tolerance,
      only: only.length > 0 ? only : undefined,
      radii: flags.radii === undefined ? undefined : readRadii(flags.radii),
      nullModel: readNullModel(flags),
    }),
  } as const;
  if (flags.network === "full") {
    for (const name of SAMPLING) {
      if (flags[name] === undefined) continue;
      throw new FlagError(
        `--${name} is about samples, and --network full takes none: leave one out.`,
      );
    }
    if (typeof threshold !== "number") {
      throw new FlagError(
        `--threshold ${flags.threshold} is taken over samples, and --network full takes none: give a length.`,
      );
    }
    return fullAnalysisOptions({ ...measuring, threshold });
  }
  return analysisOptions({
    ...measuring,
    threshold,
    ...given({
      samples: flags.sample_num,
      layerSample: flags.layer_sample,
      distance: flags.distance as "edge" | "path" | undefined,
      qkv: flags.qkv as "per-head" | "reference" | undefined,
      edges: flags.edges as "all" | "sampled" | undefined,
      layers: flags.path_layers,
    }),
  });
}

/** Flags that only mean something for sampled networks. */
const SAMPLING = [
  "sample_num",
  "layer_sample",
  "edges",
  "qkv",
  "distance",
  "path_layers",
] as const;

function readThreshold(text: string): number | MedianThreshold {
  const [, digits, medians] = /^(\d+(?:\.\d+)?(?:e\d+)?)(m?)$/.exec(text) ?? [];
  if (digits === undefined || !(Number(digits) > 0)) {
    throw new FlagError(
      `--threshold must be a length such as 150, or medians such as 2.8m, not "${text}".`,
    );
  }
  return medians ? { medians: Number(digits) } : Number(digits);
}

function readRadii(text: string): FixedRadii {
  const [min, max, ...more] = readNumbers(text);
  if (min !== undefined && max !== undefined && more.length === 0) return { min, max };
  throw new FlagError(`--radii must be min:max such as 5:150, not "${text}".`);
}

function readNullModel(flags: Flags): PartialNullModelChoice | undefined {
  if (flags.null !== undefined) {
    return {
      kind: flags.null as NullKind,
      ...given({ draws: flags.null_draws, seed: flags.null_seed }),
    };
  }
  for (const name of ["null_draws", "null_seed"] as const) {
    if (flags[name] === undefined) continue;
    throw new FlagError(
      `--${name} is about the null model of --null, which is not given: give --null permute, or leave --${name} out.`,
    );
  }
  return undefined;
}

/** The numbers between colons; none if one of them is no finite number. */
function readNumbers(text: string): number[] {
  const parts = text.split(":").map((part) => part.trim() === "" ? NaN : Number(part));
  return parts.every(Number.isFinite) ? parts : [];
}

function readGrid(text: string): QGrid {
  const parts = readNumbers(text);
  if (parts.length !== 3) {
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
