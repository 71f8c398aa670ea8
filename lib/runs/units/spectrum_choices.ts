/** How a spectrum is taken: the choices that decide it, and what they are called where it is taken. */
import type { FixedRadii } from "../../multifractal/fixed_radii.ts";
import type { MultifractalSpectrumOptions } from "../../multifractal/multifractal_spectrum.ts";
import { type QGrid, qGrid } from "../../multifractal/q_grid.ts";
import type { NetworkBoxOptions } from "../../networks/grow_network_boxes.ts";
import type { AnalysisOptions } from "../analysis_options.ts";
import { type FullAnalysisOptions, isFull } from "../full_analysis_options.ts";

/** How a spectrum is taken. */
export interface SpectrumChoices {
  /** Longest edge that counts. */
  readonly threshold: number;
  /** Decimals that lengths are rounded to. */
  readonly digits: number;
  /** How many layers ahead paths lead, `null` where masses count edges. */
  readonly pathLayers: number | null;
  /** Orders. */
  readonly q: QGrid;
  /** How alpha_0 is read. */
  readonly alpha0: "analytic" | "argmax";
  /** How far above 0 an f must be to fail filter modes 1 and 3. */
  readonly filterTolerance: number;
  /** The radii of every fit; not there where they are those that occur. */
  readonly radii?: FixedRadii;
}

/** The choices among the options of an analysis, the threshold as a length. */
export function spectrumChoices(
  options: AnalysisOptions | FullAnalysisOptions,
  threshold: number,
): SpectrumChoices {
  const { digits, q, alpha0, filterTolerance, radii } = options;
  const pathLayers = !isFull(options) && options.distance === "path" ? options.layers : null;
  return { threshold, digits, pathLayers, q, alpha0, filterTolerance, ...radii && { radii } };
}

/** What of the choices decides the masses of a sampled network. */
export function boxOptions(
  { threshold, digits, pathLayers }: SpectrumChoices,
): NetworkBoxOptions {
  if (pathLayers === null) return { threshold, digits };
  return { threshold, digits, distance: "path", layers: pathLayers };
}

/** What of the choices decides the spectrum of masses. */
export function spectrumOptions(
  { q, alpha0, filterTolerance, radii }: SpectrumChoices,
): MultifractalSpectrumOptions {
  return { q: qGrid(q), alpha0, filterTolerance, ...radii && { radii } };
}
