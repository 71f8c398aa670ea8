/** What readies a Binder and a dev container: its script leaves Deno, a kernel and a content doctor in an empty home. */

import assert from "node:assert/strict";
import { join } from "node:path";
import project from "../../.devcontainer/devcontainer.json" with { type: "json" };
import { inCi, run, whyNoJupyter } from "../e2e/jupyter.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { PROJECT } from "./run_in_project.ts";
import { denoDir } from "../helpers/deno_dir.ts";

const reason = await whyNoJupyter();
const script = ".binder/postBuild";

Deno.test({
  name: "the script of Binder readies a home that has nothing, and a second run changes nothing",
  ignore: (reason !== undefined && !inCi) || Deno.build.os !== "linux",
  fn: () =>
    withFolder(async (folder) => {
      const home = await Deno.realPath(folder);
      const options = {
        cwd: PROJECT,
        clearEnv: true,
        env: {
          ...{ HOME: home, NO_COLOR: "1", PATH: "/usr/local/bin:/usr/bin:/bin" },
          // 500 packages need not be fetched again.
          DENO_DIR: await denoDir(),
        },
      };
      const deno = join(home, ".local/bin/deno");
      for (const time of ["first", "second"]) {
        const { success, printed } = await run(join(PROJECT, script), [], options);
        assert.ok(success, `${time}: ${printed}`);
        const row = (check: string) =>
          printed.split("\n").find((line) => line.startsWith(`${check} `)) ?? printed;
        assert.match(row("Deno"), /^Deno +ok +all +2\.9\.6 /);
        assert.ok(row("Deno").includes(`(${deno})`), row("Deno"));
        assert.match(row("Deno's kernel"), /^Deno's kernel +ok /);
        assert.match(row("library and font"), / ok /);
      }
      const kernel = join(home, ".local/share/jupyter/kernels/deno/kernel.json");
      assert.equal(JSON.parse(await Deno.readTextFile(kernel)).argv[0], deno);
    }),
});

Deno.test("the dev container runs the same script, with packages that this machine's Jupyter is of", async () => {
  const command = project.onCreateCommand;
  assert.ok(command.endsWith(` && ${script}`));
  const ci = await Deno.readTextFile(join(PROJECT, ".ci/run"));
  const [, packages] = /^install_for jupyter-nbconvert (.*)$/m.exec(ci)!;
  for (const name of packages!.split(" ")) assert.ok(command.includes(` ${name} `), name);
  assert.equal(await Deno.readTextFile(join(PROJECT, ".binder/apt.txt")), "fonts-dejavu-core\n");
});
