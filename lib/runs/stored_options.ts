/** What options must be that are read back from a file: what is declared of them, and whether they agree. */

import * as v from "valibot";
import { type OptionName, OPTIONS } from "../options/options.ts";
import { lawful } from "../schemas/pieces.ts";
import {
  type AnalysisOptions,
  analysisOptions,
  FULL_NAMES,
  isFull,
  NETWORK_NAMES,
  type NetworkOptions,
  SAMPLED_ONLY_NAMES,
} from "./analysis_options.ts";
import type { NfdChoices } from "./nfd/nfd_options.ts";

/** Schemas of some options; those without a default need not be there. */
export function storedEntries<const Name extends OptionName>(
  names: readonly Name[],
): Record<Name, v.GenericSchema> {
  return Object.fromEntries(names.map((name) => {
    const { schema, values, default: value } = OPTIONS[name];
    const named = v.pipe(v.unknown(), v.check((given) => v.is(schema, given), values));
    return [name, value === undefined ? v.exactOptional(named) : named];
  })) as unknown as Record<Name, v.GenericSchema>;
}

/** What decides stored networks. */
export const storedNetworkOptions: v.GenericSchema<unknown, NetworkOptions> = v.strictObject(
  storedEntries([...NETWORK_NAMES, "architecture", "part"]),
) as v.GenericSchema<unknown, NetworkOptions>;

/** Whether a value is about full networks, whatever else it is. */
function saysFull(value: unknown): boolean {
  return typeof value === "object" && value !== null && isFull(value);
}

const network = { network: v.picklist(["sampled", "full"]) };

/** What decided tables of E. */
export const storedOptions: v.GenericSchema<unknown, AnalysisOptions> = lawful(
  v.lazy((value) =>
    v.strictObject({
      ...network,
      ...storedEntries(saysFull(value) ? FULL_NAMES : [...SAMPLED_ONLY_NAMES, ...FULL_NAMES]),
    })
  ) as v.GenericSchema<unknown, AnalysisOptions>,
  (options) => void analysisOptions(options),
);

const NFD_NAMES = [
  ...["nfdThreshold", "digits", "minimumEdges", "includeStructural", "layers", "roles"],
  ...["architecture", "part"],
] as const;

/** What decided tables of node fractal dimensions. */
export const storedNfdChoices: v.GenericSchema<unknown, NfdChoices> = v.lazy((value) =>
  v.strictObject(
    saysFull(value)
      ? { ...network, ...storedEntries(NFD_NAMES) }
      : storedEntries([...NETWORK_NAMES, ...NFD_NAMES]),
  )
) as v.GenericSchema<unknown, NfdChoices>;
