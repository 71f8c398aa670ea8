/** The part of the options that decides networks. */
import type { NetworkOptions } from "./analysis_options.ts";

/** Only what decides networks, in a fixed order, so that two can be compared as text. */
export function networkOptions(
  { samples, layerSample, qkv, edges }: NetworkOptions,
): NetworkOptions {
  return { samples, layerSample, qkv, edges };
}

/** Name the first choice in which two differ, with both values; `null` where none does. */
export function firstDifference(stored: NetworkOptions, asked: NetworkOptions): string | null {
  for (const name of ["samples", "layerSample", "qkv", "edges"] as const) {
    if (stored[name] !== asked[name]) return `${name} ${stored[name]}, not ${asked[name]}`;
  }
  return null;
}
