import assert from "node:assert/strict";
import { helpText } from "../../lib/cli/help_text.ts";

Deno.test("the help text lines up every flag with its values and default", () => {
  const text = helpText({
    name: "deno task reproduce",
    summary: "Runs the notebooks.",
    flags: [
      { name: "only", type: "text", description: "just this notebook" },
      { name: "models", type: "list", description: "models", default: "nano-64" },
      { name: "stage", type: "text", description: "part", choices: ["all", "analyze"] },
      { name: "quiet", type: "switch", description: "print nothing" },
    ],
  });
  assert.equal(
    text,
    `Runs the notebooks.

Usage: deno task reproduce [flags]

  --only <text>          just this notebook
  --models <a,b,…>       models (default nano-64)
  --stage <all|analyze>  part
  --quiet                print nothing
  --help                 print this text
`,
  );
});
