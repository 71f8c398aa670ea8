/** `deno task fuzz`: damaged inputs of every format, and how opening them ends. */

import { isAbsolute, join, normalize } from "node:path";
import { helpText } from "../../lib/cli/help_text.ts";
import { FlagError, parseFlags } from "../../lib/cli/parse_flags.ts";
import { ALL_FORMATS } from "./all_formats.ts";
import { fuzz } from "./fuzz.ts";
import { resultLines } from "./result_lines.ts";

/** The only folder that the command may write to. */
const PLACE = ".fuzz";

/** Longest that an input may take, in milliseconds. */
const MOST_MILLISECONDS = 10_000;

const COMMAND = {
  name: "deno task fuzz",
  summary:
    "Damages files and command lines, opens them, and fails on any but values and sentences.",
  flags: [
    { name: "count", type: "integer", description: "inputs in all", default: "3000" },
    {
      name: "seed",
      type: "integer",
      description: "seed of the first input of each format; the next ones count up",
      default: "1",
    },
    {
      name: "only",
      type: "text",
      description: "one format",
      choices: ALL_FORMATS.map(({ name }) => name),
    },
    {
      name: "keep",
      type: "text",
      description:
        `folder in ${PLACE}/ that keeps the inputs that fail, and after a crash the one under way`,
    },
  ],
} as const;

async function main(args: readonly string[]): Promise<boolean> {
  const flags = parseFlags(COMMAND, args);
  if (flags === "help") {
    console.log(helpText(COMMAND));
    return true;
  }
  if (flags.count < 1) throw new FlagError(`--count must be at least 1, not ${flags.count}.`);
  const keep = flags.keep === undefined ? undefined : normalize(join(PLACE, flags.keep));
  if (keep !== undefined && (isAbsolute(flags.keep!) || !keep.startsWith(join(PLACE, "")))) {
    throw new FlagError(`--keep must be a folder in ${PLACE}/, not ${flags.keep}.`);
  }
  const formats = ALL_FORMATS.filter(({ name }) => name === (flags.only ?? name));
  await Deno.mkdir(PLACE, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: PLACE });
  try {
    const results = await fuzz(formats, {
      ...{ count: flags.count, seed: flags.seed, folder, keep },
      onInput: (done) => {
        if (done % 10_000 === 0) console.error(`${done} inputs`);
      },
    });
    console.log(resultLines(results).join("\n"));
    const slow = results.filter(({ slowest }) => slowest.milliseconds > MOST_MILLISECONDS);
    return results.every(({ failures }) => failures.length === 0) && slow.length === 0;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

try {
  Deno.exit(await main(Deno.args) ? 0 : 1);
} catch (error) {
  if (!(error instanceof FlagError)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
