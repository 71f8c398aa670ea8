/** `deno task fuzz`: damaged inputs of every format, and how opening them ends. */

import { isAbsolute, join, normalize } from "node:path";
import { helpText } from "../../lib/cli/help_text.ts";
import { type Command, FlagError, parseFlags } from "../../lib/cli/parse_flags.ts";
import { choice, type DefaultedOption, integer, text } from "../../lib/options/option.ts";
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
  options: {
    count: integer({
      ...{ min: 1, max: 1e9, default: 3000 },
      help: "inputs in all",
    }) as DefaultedOption<number>,
    seed: integer({
      ...{ min: 0, max: 2 ** 31, default: 1 },
      help: "seed of the first input of each format; the next ones count up",
    }) as DefaultedOption<number>,
    only: choice(ALL_FORMATS.map(({ name }) => name), { help: "one format" }),
    keep: text({
      help:
        `folder in ${PLACE}/ that keeps the inputs that fail, and after a crash the one under way`,
    }),
  },
} satisfies Command;

async function main(args: readonly string[]): Promise<boolean> {
  const line = parseFlags(COMMAND, args);
  if (line === "help") {
    console.log(helpText(COMMAND));
    return true;
  }
  const flags = line.values;
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
