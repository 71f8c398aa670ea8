/** `deno task neuromfa rerun` and its flags. */

import { text } from "../options/option.ts";
import { OPTIONS } from "../options/options.ts";
import { pick, type ReadOptions } from "../options/read_options.ts";
import type { Command } from "./parse_flags.ts";

/** A run again, from its record. */
export const RERUN = {
  name: "deno task neuromfa rerun",
  summary:
    "Repeats the run that a run.json describes, and says whether the tables are the same bytes: rerun RUN.JSON.",
  options: {
    record: text({
      help: "the run.json beside a model's tables of E; the word after rerun means the same",
    }),
    out: text({
      help: "folder of the repeated tables",
      otherwise: "a temporary one, which is removed",
    }),
    model: text({
      help: "where the checkpoints are, as --models takes it",
      otherwise: "where run.json says",
    }),
    ...pick(OPTIONS, ["workers"]),
  },
} satisfies Command;

/** The values of all flags of {@linkcode RERUN}. */
export type RerunValues = ReadOptions<typeof RERUN.options>;

/** The arguments after `rerun`, with the flag of the record before its path where it has none. */
export function rerunArguments(args: readonly string[]): string[] {
  const [first] = args;
  return first === undefined || first.startsWith("--") ? [...args] : ["--record", ...args];
}

/** The path of the record, which must be given. */
export function recordOf({ record }: Pick<RerunValues, "record">): string {
  if (record !== undefined) return record;
  throw new Error(
    "rerun needs a run.json: deno task neuromfa rerun out/emergence/nano-64/run.json",
  );
}
