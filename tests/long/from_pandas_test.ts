/** The page for those who come from Python: its lines run, and print what it shows. */

import assert from "node:assert/strict";
import { delimiter, dirname, join } from "node:path";
import { inCi, run } from "../e2e/jupyter.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { PROJECT } from "./run_in_project.ts";

/** A Python that has pandas: the first on the PATH, or Debian's own. */
async function pythonWithPandas(): Promise<string | undefined> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    const found = await run(python, ["-c", "import pandas"]).catch(() => null);
    if (found?.success) return python;
  }
  return undefined;
}

const python = await pythonWithPandas();

Deno.test({
  name: "the lines of the page for pandas run in Python, and print what it shows",
  ignore: python === undefined && !inCi,
  fn: () =>
    withFolder(async (folder) => {
      assert.ok(python !== undefined, "where CI is set, a Python with pandas must be there");
      const page = await Deno.readTextFile(join(PROJECT, "lib/runs/from_pandas.md"));
      const blocks = (language: string) =>
        [...page.matchAll(new RegExp("^```" + language + "\\n(.*?)^```$", "gms"))]
          .map(([, text]) => text!);
      const lines = blocks("python").map((text) => text.replaceAll("/tmp/", `${folder}/`));
      const shown = blocks("text");
      assert.equal(lines.length, 2);
      for (const [i, text] of lines.entries()) {
        const script = join(folder, `${i}.py`);
        await Deno.writeTextFile(script, text);
        const { success, stdout, stderr } = await new Deno.Command(python, {
          args: [script],
          cwd: PROJECT,
          env: {
            PATH: `${dirname(Deno.execPath())}${delimiter}${Deno.env.get("PATH") ?? ""}`,
            NO_COLOR: "1",
          },
        }).output();
        const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
        assert.ok(success, err!);
        // What the command prints comes before what Python does.
        assert.ok(out!.endsWith(shown[i]!), `${out}\n${shown[i]}`);
      }
    }),
});
