/** What decides tables of node fractal dimensions. */

import * as v from "valibot";
import { type DeclaredNetwork, declaredNetwork } from "../../options/declared_network.ts";
import type { SampleNumber } from "../../multifractal/sample_number.ts";
import { integer, type Option, shaped } from "../../options/option.ts";
import { OPTIONS, type OptionValues } from "../../options/options.ts";
import { pick } from "../../options/read_options.ts";
import {
  type AnalysisOptions,
  isFull,
  type NetworkOptions,
  networkOptions,
} from "../analysis_options.ts";

const wholeNumber = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** Where tables lie and which of them are meant, as declared. */
export const NFD_TABLE_OPTIONS = {
  ...pick(OPTIONS, ["out", "steps", "includeStructural"]),
  step: integer({ ...wholeNumber, help: "the training step" }) as Option<number>,
  sampleNumber: integer({ ...wholeNumber, help: "the number of the sample" }) as Option<number>,
  sample: shaped<SampleNumber>({
    schema: v.union([v.literal("full"), v.pipe(v.number(), v.safeInteger(), v.minValue(0))]),
    values: "the number of a sample, or full",
  }, {
    help: "the number of the sample, or full",
    otherwise: "the first that there is",
  }) as Option<SampleNumber>,
};

/** The choices that decided the tables of a model, all of them. */
export type NfdChoices =
  & OptionValues<"nfdThreshold" | "digits" | "minimumEdges" | "includeStructural">
  & Partial<OptionValues<"layers" | "roles">>
  & DeclaredNetwork
  & (NetworkOptions | { readonly network: "full" });

/** Only what decides the tables of a model, in a fixed order. */
export function nfdChoices(options: AnalysisOptions): NfdChoices {
  const { nfdThreshold, digits, minimumEdges, includeStructural, layers, roles } = options;
  return {
    ...isFull(options) ? { network: options.network } : networkOptions(options),
    ...{ nfdThreshold, digits, minimumEdges, includeStructural },
    ...declaredNetwork(options),
    ...layers && { layers },
    ...roles && { roles },
  };
}

/** The samples that tables are about: their numbers, or `full`. */
export function samplesOf(
  options: Pick<NetworkOptions, "samples"> | { readonly network: "full" },
): SampleNumber[] {
  return isFull(options) ? ["full"] : Array.from({ length: options.samples }, (_, k) => k);
}

/** Name the first choice in which two differ, with both values; `null` where those that both have agree. */
export function firstDifferentChoice<Options extends object>(
  one: Options,
  other: Options,
): { name: string; values: [unknown, unknown] } | null {
  for (const [name, value] of Object.entries(one)) {
    const otherValue: unknown = (other as Record<string, unknown>)[name];
    if (JSON.stringify(value) === JSON.stringify(otherValue)) continue;
    return { name, values: [value, otherValue ?? "not given"] };
  }
  return null;
}
