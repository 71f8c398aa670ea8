/** The settings that a sensitivity analysis goes through. */

import type { FixedRadii, MedianThreshold, QGrid } from "../options/values.ts";
import type {
  AveragedNodes,
  MultifractalSpectraOptions,
} from "../multifractal/multifractal_spectra.ts";
import { given } from "../options/option.ts";
import type { SomeOptions } from "../options/options.ts";
import { readOptions } from "../options/read_options.ts";

/**
 * Values to try, option by option; all others stay as they are meanwhile. For other values of
 * `layerSample` networks must be sampled anew, so that it needs a run.
 */
export type SensitivityGrid = {
  readonly [
    Name in "threshold" | "q" | "layerSample" | "minimumEdges" | "digits" | "radii" | "nodes"
  ]?: readonly Exclude<SensitivityBase[Name], undefined>[];
};

/** Choices that stay while one is varied. */
export interface SensitivityBase
  extends
    Omit<MultifractalSpectraOptions, "threshold" | "q" | "onNetwork">,
    SomeOptions<"threshold" | "q" | "layerSample"> {}

/** One value of one option, with all choices made. */
export interface SensitivitySetting {
  readonly option: string;
  /** The value in words. */
  readonly value: string;
  readonly choices: SensitivityBase;
}

const VARY = ["threshold", "q", "layerSample", "minimumEdges", "digits", "radii", "nodes"] as const;

/** The values to try of an option; each is checked where it is taken. */
const VALUES = given<readonly unknown[]>("a list of values to try", Array.isArray, {
  help: "values to try",
});

/** List the settings of a grid: each value of each option once, everything else as in the base. */
export function sensitivitySettings(
  base: SensitivityBase,
  vary: SensitivityGrid,
): SensitivitySetting[] {
  readOptions("vary", Object.fromEntries(VARY.map((option) => [option, VALUES])), vary);
  const settings = VARY.flatMap((option) =>
    (vary[option] ?? []).map((value) => (
      { option, value: inWords(value), choices: { ...base, [option]: value } }
    ))
  );
  if (settings.length > 0) return settings;
  throw new RangeError(
    "there is no value to try; give some, such as vary: { threshold: [50, 150] }",
  );
}

/** A value as a reader would write it. */
function inWords(value: number | string | MedianThreshold | QGrid | FixedRadii): string {
  if (typeof value !== "object") return `${value}`;
  if ("medians" in value) return `${value.medians} ${value.medians === 1 ? "median" : "medians"}`;
  const { min, max, step = 1 } = value;
  return `${min} to ${max} by ${step}`.replaceAll("-", "−");
}
