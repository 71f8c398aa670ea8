import assert from "node:assert/strict";
import { measureArguments, SLURM } from "../../../lib/cli/slurm/slurm_commands.ts";
import { parseFlags } from "../../../lib/cli/parse_flags.ts";

Deno.test("measureArguments() keeps the flags of measuring as they were typed, and leaves out those of the cluster", () => {
  const args = ["--models", "a", "b,c", "--array", "64%8", "--q=-2:2:0.5", "--sample_num", "4"]
    .concat(["--dry-run", "--partition=p", "--keep_units", "--time", "1:00", "--out", "-x y"]);
  assert.deepEqual(measureArguments(args), [
    ...[
      "--models",
      "a",
      "b,c",
      "--q=-2:2:0.5",
      "--sample_num",
      "4",
      "--keep_units",
      "--out",
      "-x y",
    ],
  ]);
  assert.deepEqual(measureArguments([]), []);
});

Deno.test("--array takes a number of parts, and how many of them at once", () => {
  const array = (word: string) => {
    const line = parseFlags(SLURM, ["--array", word]);
    return line !== "help" && line.values.array;
  };
  assert.deepEqual(array("64"), { count: 64 });
  assert.deepEqual(array("64%8"), { count: 64, atOnce: 8 });
  for (const bad of ["0", "8%0", "1-5", "1000000", "x"]) {
    assert.throws(() => array(bad), new RegExp(`--array must be .*, but it is "?${bad}"?$`));
  }
});

Deno.test("words for Slurm are checked, so that none is a flag or needs quotes", () => {
  const read = (flag: string, word: string) => () => parseFlags(SLURM, [`--${flag}=${word}`]);
  for (
    const [flag, words] of Object.entries({
      ...{ partition: ["gpu,cpu", "a_b-1"], time: ["90", "1:30", "2:00:00", "1-12", "1-2:3:4"] },
      ...{ mem: ["500", "8G"], account: ["me@lab"], qos: ["high+"] },
    })
  ) for (const word of words) read(flag, word)();
  for (
    const [flag, words] of Object.entries({
      ...{
        partition: ["-x", "a b", "$x", "a\nb"],
        time: ["1h", "1:2:3:4", "-1"],
        mem: ["8GB", "G"],
      },
      ...{ account: ["a;b"], qos: ["'"] },
    })
  ) {
    for (const word of words) assert.throws(read(flag, word), { name: "FlagError" }, word);
  }
});
