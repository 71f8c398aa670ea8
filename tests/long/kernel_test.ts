/** The kernel that `deno task kernel` writes is the one that Jupyter finds, and it runs a cell. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inCi, run, whyNoJupyter } from "../e2e/jupyter.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { writeNotebook } from "../notebooks/write_notebook.ts";
import { denoDir } from "../helpers/deno_dir.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const reason = await whyNoJupyter();

/** What Jupyter says of the kernel `deno`. */
async function kernelInJupyter(env: Record<string, string>) {
  const { success, printed } = await run("jupyter", ["kernelspec", "list", "--json"], { env });
  assert.ok(success, printed);
  return JSON.parse(printed.slice(printed.indexOf("{"), printed.lastIndexOf("}") + 1)).kernelspecs
    .deno as
      | { resource_dir: string; spec: { argv: string[] } }
      | undefined;
}

Deno.test({
  name:
    "deno task kernel writes a kernel that Jupyter finds and starts, and the doctor is content with it",
  ignore: reason !== undefined && !inCi,
  fn: () =>
    withFolder(async (folder) => {
      const home = await Deno.realPath(folder);
      const env = {
        ...{ HOME: home, NO_COLOR: "1", DENO_DIR: await denoDir() },
        ...{ JUPYTER_DATA_DIR: join(home, "data"), JUPYTER_CONFIG_DIR: join(home, "config") },
        ...{ JUPYTER_RUNTIME_DIR: join(home, "runtime"), IPYTHONDIR: join(home, "ipython") },
        PYDEVD_DISABLE_FILE_VALIDATION: "1",
      };
      const task = async (...args: string[]) => {
        const command = ["task", "--quiet", "kernel", ...args];
        return await run(Deno.execPath(), command, { cwd: root, env });
      };
      const planned = await task("--dry_run");
      assert.ok(planned.success, planned.printed);
      assert.match(planned.printed, /written: .*kernel\.json\nit starts /);
      assert.equal(await kernelInJupyter(env), undefined, "a dry run writes nothing");

      const written = await task();
      assert.ok(written.success, written.printed);
      const kernel = await kernelInJupyter(env);
      assert.equal(kernel!.resource_dir, join(home, "data/kernels/deno"));
      const [program] = kernel!.spec.argv;
      assert.doesNotMatch(program!, /_npx/);
      assert.match((await task()).printed, /^the kernel is there: /);

      // Jupyter may miss what a kernel says at once after its start.
      const cells = ["await new Promise((resolve) => setTimeout(resolve, 1000));\n", "1 + 1\n"];
      const path = await writeNotebook(home, "sum", "", ...cells);
      const execution = await run("jupyter", [
        ...["nbconvert", "--to", "notebook", "--execute", "--output", "ran", "--output-dir", home],
        ...["--ExecutePreprocessor.kernel_name=deno", path],
      ], { env, cwd: home });
      assert.ok(execution.success, execution.printed);
      const ran = JSON.parse(await Deno.readTextFile(join(home, "ran.ipynb")));
      assert.match([ran.cells[1].outputs[0].data["text/plain"]].flat().join(""), /2/);

      const refused = await task("--dry-run");
      assert.equal(refused.success, false);
      assert.match(refused.printed, /unknown flag --dry-run: did you mean --dry_run\?/);

      const doctor = await run(Deno.execPath(), ["task", "--quiet", "doctor"], { cwd: root, env });
      assert.match(
        doctor.printed,
        /^Deno's kernel +ok .* Deno 2\.\d+\.\d+ \(.*\/data\/kernels\/deno\/deno\)$/m,
      );
    }),
});
