import { helpText } from "../../../lib/cli/help_text.ts";
import { optionsOfFlags } from "../../../lib/cli/analysis_flags.ts";
import { COMMAND, MERGE } from "../../../lib/cli/neuromfa_flags.ts";
import { type Flag, parseFlags } from "../../../lib/cli/parse_flags.ts";
import {
  shardOfFlags,
  stagesOfFlags,
  stepsOfFlags,
  workersOfFlags,
} from "../../../lib/cli/run_flags.ts";
import type { RandomStream } from "../../../lib/suite/random_stream.ts";
import { type Format, oneFile, textOf } from "../format.ts";
import { type Mutator, nastyTexts } from "../mutators/mutator.ts";

const numbers = [
  ..."0 1 2 3 -1 10 32 1e9 1e15 1e300 -1e9 0.5 2.5 1e-9 NaN 2147483648 9007199254740991".split(" "),
  ..."150 2.8m 0m 1e9m 5:150 150:5 0:0 -5:5 1e-9:1e9 -3:3:0.1 3:-3:0.1 0:1:0 0:1:1e-12".split(" "),
  ..."-1e9:1e9:1 -3:3:6 :: 1:2:3:4 2/8 8/2 0/1 1/1 999999/999999 0,4 0,0 4,512 1e3".split(" "),
];

/** A list of arguments, of which each mutator makes another list. */
function onArguments(
  name: string,
  change: (args: string[], random: RandomStream) => void,
): Mutator {
  const mutator: Mutator = (bytes, random) => {
    const args: string[] = JSON.parse(textOf(bytes));
    change(args, random);
    return new TextEncoder().encode(JSON.stringify(args));
  };
  Object.defineProperty(mutator, "name", { value: name });
  return mutator;
}

function valueFor(flag: Flag, random: RandomStream): string {
  const usual = flag.choices ?? ["suite:nano-64", "suite:nano-8,suite:nano-64", "0,512"];
  return random.pick([random.pick(usual), random.pick(numbers), random.pick(nastyTexts)]);
}

const commands = { neuromfa: COMMAND, merge: MERGE } as const;

/** Command lines of `deno task neuromfa`. */
export const flags: Format = {
  name: "flags",
  mutators: [
    ...Array.from({ length: 6 }, () =>
      onArguments("addFlag", (args, random) => {
        const flag: Flag = random.pick<Flag>(COMMAND.flags);
        const isSwitch = flag.type === "switch" && random.integer(0, 9) > 0;
        const value = valueFor(flag, random);
        if (isSwitch) args.push(`--${flag.name}`);
        else if (random.integer(0, 1) === 0) args.push(`--${flag.name}`, value);
        else args.push(`--${flag.name}=${value}`);
      })),
    onArguments("addWord", (args, random) => {
      args.splice(
        random.integer(0, args.length),
        0,
        random.pick([...nastyTexts, ...numbers, "--"]),
      );
    }),
    onArguments("misspellFlag", (args, random) => {
      const { name } = random.pick<Flag>(COMMAND.flags);
      args.push(`--${name.slice(random.integer(0, 2))}${random.pick(["", "s", "=", "=1", "é"])}`);
    }),
    onArguments("removeArgument", (args, random) => {
      args.splice(random.integer(0, args.length), 1);
    }),
  ],
  // What lies behind the flags names its options.
  names: /--|^([a-zA-Z.]+ (must|is|holds) |The (smallest |largest )?(radius|radii|q grid|seed))/,
  share: 2,
  start: () => ({
    seeds: [
      oneFile("neuromfa.json", "[]"),
      oneFile("neuromfa.json", '["--network","full","--threshold","50"]'),
      oneFile("neuromfa.json", '["--stage","all","--null","permute"]'),
      oneFile("merge.json", "[]"),
    ],
    open(files) {
      const [[path, bytes]] = [...files] as [[string, Uint8Array]];
      const args: string[] = JSON.parse(textOf(bytes));
      if (path === "merge.json") return parseFlags(commands.merge, args);
      const flags = parseFlags(COMMAND, args);
      if (flags === "help") return helpText(COMMAND);
      return {
        options: optionsOfFlags(flags),
        steps: stepsOfFlags(flags),
        workers: workersOfFlags(flags),
        shard: shardOfFlags(flags),
        stages: stagesOfFlags(flags),
      };
    },
  }),
};
