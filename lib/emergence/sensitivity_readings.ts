/** Spectra of the same networks under many settings at once. */

import { SPECTRA_OPTIONS, SpectraCollector } from "../multifractal/multifractal_spectra.ts";
import { readOptions } from "../options/read_options.ts";
import {
  checkDistance,
  growNetworkBoxes,
  type ReadNetworkBoxOptions,
} from "../networks/grow_network_boxes.ts";
import type { MassTable } from "../networks/mass_table.ts";
import { medianLength } from "../networks/median_length.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";
import type { SensitivitySetting } from "./sensitivity_settings.ts";

/** Spectra under one setting, as they are gathered. */
export interface SensitivityReading {
  /** The threshold as a length. */
  readonly threshold: number;
  readonly boxes: ReadNetworkBoxOptions;
  readonly collector: SpectraCollector;
}

/**
 * Measure networks under all settings at once, one in memory at a time; where a threshold is in medians, those of step 0 wait
 * until their median is known.
 */
export async function readSettings(
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

function readingOf(
  { choices }: SensitivitySetting,
  untrained: readonly NetworkSample[],
): SensitivityReading {
  const { layerSample: _, ...given } = choices;
  const read = readOptions("sensitivity", SPECTRA_OPTIONS, given);
  const { threshold: requested, distance, pathLayers, minimumEdges, digits, nodes } = read;
  const threshold = typeof requested === "number"
    ? requested
    : requested.medians * medianOf(untrained);
  const boxes = { threshold, distance, pathLayers, minimumEdges, digits };
  checkDistance(boxes);
  return { threshold, boxes, collector: new SpectraCollector({ spectrum: read, nodes }) };
}

function medianOf(untrained: readonly NetworkSample[]): number {
  if (untrained.length > 0) return medianLength(untrained.map(({ network }) => network));
  throw new RangeError(
    "a threshold in medians needs the untrained networks: let those of step 0 come first",
  );
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
