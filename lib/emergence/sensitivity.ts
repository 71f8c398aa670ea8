/** How far the degree of emergence hangs on choices that nobody's data made. */

// @ts-types="@types/d3-array"
import { mean } from "d3-array";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { fitsOfStep } from "../multifractal/goodness_of_fit.ts";
import {
  type MultifractalSpectraOptions,
  SPECTRA_OPTIONS,
  SpectraCollector,
} from "../multifractal/multifractal_spectra.ts";
import {
  type NetworkSample,
  sampleNetworks,
  type SampleNetworksOptions,
} from "../networks/sample_networks.ts";
import { degreeOfEmergence, type DegreeOfEmergenceOptions } from "./degree_of_emergence.ts";
import type { GroupEmergenceRow } from "./emergence_by_group.ts";
import { readOptions } from "../options/read_options.ts";
import { checkDistance, growNetworkBoxes } from "../networks/grow_network_boxes.ts";
import type { MassTable } from "../networks/mass_table.ts";
import { medianLength } from "../networks/median_length.ts";
import type { FixedRadii, MedianThreshold, QGrid } from "../options/values.ts";
import { given } from "../options/option.ts";
import type { SomeOptions } from "../options/options.ts";

/** E under one value of one option at one step, under the names of the columns. */
export interface SensitivityRow extends Omit<GroupEmergenceRow, "group" | "nfdMean"> {
  /** The option that was varied. */
  readonly option: string;
  /** Its value in words. */
  readonly value: string;
  /** The threshold as a length, whichever option was varied. */
  readonly threshold: number;
  /** Points of every fit, mean over samples. */
  readonly radii: number;
}

/** What is varied, and what stays. */
export interface SensitivityOptions extends SensitivityBase {
  /** Values to try, one option at a time. */
  readonly vary: SensitivityGrid;
  /** How a run is sampled, `layerSample` aside; refused where networks are given. */
  readonly sampling?: Omit<SampleNetworksOptions, "layerSample">;
  /** Filter mode and bootstrap. */
  readonly emergence?: DegreeOfEmergenceOptions;
  /** Called after each network with the number of networks measured so far, under all settings at once. */
  readonly onNetwork?: (measured: number) => void;
}

/**
 * Compute E over training under each value of some options, one option at a time. Networks are sampled once, and once more
 * for each other `layerSample`; one at a time is in memory, those of step 0 until their median is known, and its boxes are
 * grown once for all settings that share them.
 *
 * @category Emergence
 * @param source A run, or sampled networks, those of a step one after another and step 0 first.
 * @returns One row for each option, value and step, in the order given.
 * @throws {RangeError} If an option is out of range, step 0 is missing, or networks are given and should be sampled anew.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sensitivity } from "neuromfa";
 *
 * const rows = await sensitivity(await openRun("suite:nano-64"), {
 *   vary: { threshold: [{ medians: 1 }, 150] },
 *   sampling: { samples: 3, steps: [0, 4096] },
 * });
 * assert.deepEqual(rows.map(({ value }) => value), ["1 median", "1 median", "150", "150"]);
 * assert.ok(rows[1]!.E > 0 && rows[3]!.E < 0);
 * ```
 */
export async function sensitivity(
  source: CheckpointRun | AsyncIterable<NetworkSample> | Iterable<NetworkSample>,
  options: SensitivityOptions,
): Promise<SensitivityRow[]> {
  const { vary, sampling, emergence, onNetwork, ...base } = options;
  const settings = sensitivitySettings(base, vary);
  let measured = 0;
  if (
    !("checkpoint" in source) && (sampling || base.layerSample !== undefined || vary.layerSample)
  ) {
    throw new RangeError(
      "sampling and layerSample decide how a run is sampled, but networks are given; give the run",
    );
  }
  const readings = new Map<SensitivitySetting, SensitivityReading>();
  // The default, so that it is not sampled twice where it is also among the values to try.
  const layerSampleOf = ({ choices }: SensitivitySetting) => choices.layerSample ?? 32;
  for (const [layerSample, own] of Map.groupBy(settings, layerSampleOf)) {
    const networks = "checkpoint" in source
      ? sampleNetworks(source, { ...sampling, layerSample })
      : source;
    const read = await readSettings(networks, own, () => onNetwork?.(++measured));
    read.forEach((reading, setting) => readings.set(setting, reading));
  }
  return settings.flatMap((setting) => rowsOf(setting, readings.get(setting)!, emergence));
}

function rowsOf(
  { option, value }: SensitivitySetting,
  { threshold, collector }: SensitivityReading,
  emergence?: DegreeOfEmergenceOptions,
): SensitivityRow[] {
  const spectra = collector.spectra();
  return degreeOfEmergence(spectra, emergence).map(({ step, alpha0, width, ...row }, i) => {
    const { E, eLow, eHigh, samplesKept, status } = row;
    const { nodesKept, ...fits } = fitsOfStep(spectra[i]!);
    const radii = mean(spectra[i]!.samples, ({ spectrum }) => spectrum.radii)!;
    return Object.freeze({
      ...{ option, value, threshold, step, E, eLow, eHigh, width, alpha0 },
      ...{ ...fits, radii, nodesKept, samplesKept, status },
    });
  });
}

/** Spectra under one setting, as they are gathered, and its threshold as a length. */
type SensitivityReading = ReturnType<typeof readingOf>;

/** Measure networks under all settings at once, one in memory at a time but those of step 0 until their median is known. */
async function readSettings(
  networks: AsyncIterable<NetworkSample> | Iterable<NetworkSample>,
  settings: readonly SensitivitySetting[],
  onNetwork: () => void,
): Promise<Map<SensitivitySetting, SensitivityReading>> {
  const relative = settings.some(({ choices }) => typeof choices.threshold === "object");
  const untrained: NetworkSample[] = [];
  let readings: Map<SensitivitySetting, SensitivityReading> | undefined;
  const begin = () => {
    readings = new Map(settings.map((setting) => [setting, readingOf(setting, untrained)]));
    for (const network of untrained.splice(0)) add(network, [...readings.values()]);
    return readings;
  };
  for await (const network of networks) {
    onNetwork();
    if (!readings && relative && network.step === 0) untrained.push(network);
    else add(network, [...(readings ?? begin()).values()]);
  }
  return readings ?? begin();
}

function readingOf({ choices }: SensitivitySetting, untrained: readonly NetworkSample[]) {
  const { layerSample: _, ...given } = choices;
  const read = readOptions("sensitivity", SPECTRA_OPTIONS, given);
  const { threshold: requested, distance, pathLayers, minimumEdges, digits, nodes } = read;
  if (typeof requested !== "number" && untrained.length === 0) {
    throw new RangeError(
      "a threshold in medians needs the untrained networks: let those of step 0 come first",
    );
  }
  const threshold = typeof requested === "number"
    ? requested
    : requested.medians * medianLength(untrained.map(({ network }) => network));
  const boxes = { threshold, distance, pathLayers, minimumEdges, digits };
  checkDistance(boxes);
  return { threshold, boxes, collector: new SpectraCollector({ spectrum: read, nodes }) };
}

/** Grow the boxes of a network once for all settings that share them. */
function add(network: NetworkSample, readings: readonly SensitivityReading[]): void {
  const grown = new Map<string, MassTable>();
  for (const { boxes, collector } of readings) {
    const key = JSON.stringify(Object.entries(boxes).sort());
    if (!grown.has(key)) grown.set(key, growNetworkBoxes(network, boxes));
    collector.add(network, grown.get(key)!);
  }
}

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
