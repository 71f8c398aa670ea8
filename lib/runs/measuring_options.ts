/** The choices that decide how a network is measured, whichever it is. */
import type { FixedRadii } from "../multifractal/fixed_radii.ts";
import type { QGrid } from "../multifractal/q_grid.ts";
import type { FilterMode } from "../multifractal/spectrum_filter.ts";
import type { MedianThreshold } from "../networks/median_length.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import {
  type NullModelChoice,
  nullModelChoice,
  type PartialNullModelChoice,
} from "./null_model_choice.ts";

/** What decides how any network is measured, sampled or full. */
export interface MeasuringOptions {
  /** Longest edge that counts: a length, or a multiple of the untrained network's median. */
  readonly threshold: number | MedianThreshold;
  /** Decimals that lengths are rounded to. */
  readonly digits: number;
  /** Orders q. */
  readonly q: QGrid;
  /** How alpha_0 is read. */
  readonly alpha0: "analytic" | "argmax";
  /** Which spectra are left out of averages. */
  readonly filterMode: FilterMode;
  /** How far above 0 an f must be to fail filter modes 1 and 3. */
  readonly filterTolerance: number;
  /** Longest edge that counts for node fractal dimensions. */
  readonly nfdThreshold: number;
  /** Whether nodes that can never have a fractal dimension count as 0 in its statistics. */
  readonly includeStructural: boolean;
  /** Names or roles of the layers whose neurons are measured, each with all its edges; all layers where it is not there. */
  readonly only?: readonly string[];
  /**
   * The radii of every fit; those of a full network must end at the threshold. Where it is not there all rounded lengths that
   * occur are points of the fits, as published.
   */
  readonly radii?: FixedRadii;
  /** The null model that E is compared with; none where it is not there. */
  readonly nullModel?: NullModelChoice;
}

/** Choices that are not there unless they are made. */
const UNSET = ["only", "radii", "nullModel"] as const;

/**
 * Complete options: what is given, without what is `undefined` and without the convention, over the defaults, and with a
 * null model that is complete.
 *
 * @param caller Whose options they are, for messages.
 * @throws {TypeError} If an option is unknown.
 */
export function completeOptions<Options extends Omit<MeasuringOptions, (typeof UNSET)[number]>>(
  caller: string,
  options: object & { readonly nullModel?: PartialNullModelChoice },
  defaults: Options,
): Options & MeasuringOptions {
  refuseUnknownOptions(caller, options, ["convention", ...UNSET, ...Object.keys(defaults)]);
  const { nullModel, ...given } = options;
  const entries = Object.entries(given)
    .filter(([name, value]) => name !== "convention" && value !== undefined);
  return {
    ...defaults,
    ...Object.fromEntries(entries),
    ...nullModel !== undefined && { nullModel: nullModelChoice(nullModel) },
  };
}
