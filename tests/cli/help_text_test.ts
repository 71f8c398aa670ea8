import assert from "node:assert/strict";
import { DESCRIBE, MEASURE, MERGE } from "../../lib/cli/commands.ts";
import { flagTable, helpText } from "../../lib/cli/help_text.ts";
import { RERUN } from "../../lib/cli/rerun_command.ts";
import { SLURM, SLURM_STATUS } from "../../lib/cli/slurm/slurm_commands.ts";
import { WATCH } from "../../lib/cli/watch_command.ts";
import { choice, names, onOff, shaped } from "../../lib/options/option.ts";
import { OPTIONS } from "../../lib/options/options.ts";

const command = {
  name: "deno task neuromfa",
  summary: "Measures.",
  options: {
    models: names({ help: "models", default: ["suite:nano-64"] }),
    stage: choice(["all", "analyze"], { help: "what" }),
    steps: names({ help: "training steps", otherwise: "all" }),
    q: OPTIONS.q,
    keepUnits: onOff({ help: "keep them" }),
  },
};

Deno.test("a help text has every flag with its values, its help and its default", () => {
  assert.equal(
    helpText(command),
    `Measures.

Usage: deno task neuromfa [flags]

  --models <a,b,…>
      models (default suite:nano-64)
  --stage <all|analyze>
      what
  --steps <a,b,…>
      training steps (default all)
  --q <value>
      orders as min:max:step (default -3:3:0.1)
  --keep_units
      keep them
  --help
      print this text
`,
  );
});

Deno.test("a help text says which words a command takes without a flag", () => {
  const text = helpText({ ...command, words: { option: "models", called: "MODEL" } });
  assert.match(text, /^Usage: deno task neuromfa \[MODEL…\] \[flags\]$/m);
});

Deno.test("a help text fits 80 columns", () => {
  const text = helpText({ ...command, options: OPTIONS });
  for (const line of text.split("\n")) assert.ok(line.length <= 80, line);
});

Deno.test("the table of flags has the defaults and escapes bars", () => {
  const one = shaped({ schema: OPTIONS.evals.schema, values: "" }, { help: "a | b" });
  assert.equal(
    flagTable({ ...command, options: { layerSample: OPTIONS.layerSample, one } }).split("\n")[2],
    "| `--layer_sample` | 32 | neurons drawn from each layer, twice as many inside the feed-forward layer |",
  );
  assert.match(flagTable({ ...command, options: { one } }), /\| `--one` \| {2}\| a \\\| b \|/);
});

Deno.test("the help of every command fits 80 columns", () => {
  for (const command of [MEASURE, MERGE, DESCRIBE, RERUN, WATCH, SLURM, SLURM_STATUS]) {
    for (const line of helpText(command).split("\n")) {
      assert.ok([...line].length <= 80, `${command.name}: ${line}`);
    }
  }
});
