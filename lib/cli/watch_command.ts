/** `deno task neuromfa watch` and its flags. */

import { text } from "../options/option.ts";
import { OPTIONS } from "../options/options.ts";
import { pick, type ReadOptions } from "../options/read_options.ts";
import { WATCHING_OPTIONS } from "../options/watching_options.ts";
import type { Command } from "./parse_flags.ts";

/** The port of the page where none is named. */
const USUAL_PORT = 8137;

/** Each checkpoint of a training, as soon as it is complete. */
export const WATCH = {
  name: "deno task neuromfa watch",
  summary:
    "Follows the output folder of a training, and measures each checkpoint as soon as it is complete: watch FOLDER.",
  options: {
    folder: text({ help: "the output folder; the word after watch means the same" }),
    ...WATCHING_OPTIONS,
    ...pick(OPTIONS, [
      ...["samples", "layerSample", "threshold", "nfdThreshold", "digits", "q"] as const,
      ...["convention", "alpha0", "qkv", "edges", "distance", "pathLayers", "weights"] as const,
      ...["layers", "roles", "filterMode", "filterTolerance", "network", "radii"] as const,
      ...["null", "nullDraws", "nullSeed", "baseline", "stepsPattern"] as const,
      ...["allowDuplicates", "allowUnrelated", "architecture", "part", "workers", "out"] as const,
    ]),
  },
} satisfies Command;

/** The values of all flags of {@linkcode WATCH}. */
export type WatchValues = ReadOptions<typeof WATCH.options>;

/** The arguments after `watch`: the flag of the folder before its name, and the port where `--serve` names none. */
export function watchArguments(args: readonly string[]): string[] {
  const [first] = args;
  const named = first === undefined || first.startsWith("--") ? args : ["--folder", ...args];
  return named.flatMap((word, i) =>
    word === "--serve" && !/^\d+$/.test(named[i + 1] ?? "") ? [`--serve=${USUAL_PORT}`] : [word]
  );
}
