import { analysisOf, MEASURE, MERGE, stagesOf } from "../../../lib/cli/commands.ts";
import { helpText } from "../../../lib/cli/help_text.ts";
import { flagName, parseFlags } from "../../../lib/cli/parse_flags.ts";
import type { Option } from "../../../lib/options/option.ts";
import type { RandomStream } from "../../../data/training/random_stream.ts";
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

function valueFor(option: Option<unknown>, random: RandomStream): string {
  const usual = option.choices ?? ["suite:nano-64", "suite:nano-8,suite:nano-64", "0,512"];
  return random.pick([random.pick(usual), random.pick(numbers), random.pick(nastyTexts)]);
}

/** Every flag, old names among them, and its option. */
const known = Object.entries<Option<unknown>>(MEASURE.options).flatMap(([name, option]) =>
  [flagName(name), ...option.aliases ?? []].map((flag) => [flag, option] as const)
);

/** Command lines of `deno task neuromfa`. */
export const flags: Format = {
  name: "flags",
  mutators: [
    ...Array.from({ length: 6 }, () =>
      onArguments("addFlag", (args, random) => {
        const [flag, option] = random.pick(known);
        const isSwitch = option.words === "none" && random.integer(0, 9) > 0;
        const value = valueFor(option, random);
        if (isSwitch) args.push(`--${flag}`);
        else if (random.integer(0, 1) === 0) args.push(`--${flag}`, value);
        else args.push(`--${flag}=${value}`);
      })),
    onArguments("addWord", (args, random) => {
      args.splice(
        random.integer(0, args.length),
        0,
        random.pick([...nastyTexts, ...numbers, "--"]),
      );
    }),
    onArguments("misspellFlag", (args, random) => {
      const [flag] = random.pick(known);
      args.push(`--${flag.slice(random.integer(0, 2))}${random.pick(["", "s", "=", "=1", "é"])}`);
    }),
    onArguments("removeArgument", (args, random) => {
      args.splice(random.integer(0, args.length), 1);
    }),
  ],
  // What lies behind the flags names its options.
  names:
    /--|^([a-zA-Z.]+ (must|is|holds) |[Tt]he ((smallest|largest|range of) )?(radius|radii|q grid|threshold|null model) |threshold [\d.]+ at )/,
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
      if (path === "merge.json") return parseFlags(MERGE, args);
      const line = parseFlags(MEASURE, args);
      if (line === "help") return helpText(MEASURE);
      const { steps, workers, shard } = line.values;
      return { options: analysisOf(line), steps, workers, shard, stages: stagesOf(line.values) };
    },
  }),
};
