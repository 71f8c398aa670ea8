import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderOfUser } from "../../lib/cli/stand_where_called.ts";

const project = "/home/ada/neuromfa";

Deno.test("paths start in the folder that deno task was called in", () => {
  assert.equal(folderOfUser({ calledIn: "/thesis", runsIn: project }, project), "/thesis");
});

Deno.test("paths start where the process runs if deno task did not start it there", () => {
  assert.equal(folderOfUser({ calledIn: "/thesis", runsIn: "/jobs" }, project), "/jobs");
  assert.equal(folderOfUser({ calledIn: undefined, runsIn: project }, project), project);
});

Deno.test("a folder that a task called elsewhere names is the one beside its user", async () => {
  const here = await Deno.realPath(await Deno.makeTempDir());
  const root = fileURLToPath(new URL("../..", import.meta.url));
  try {
    await Deno.mkdir(join(here, "mine"));
    const { stderr, code } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--config", join(root, "deno.json"), "neuromfa", "--models", "mine"],
      cwd: here,
      env: { INIT_CWD: here },
    }).output();
    const said = new TextDecoder().decode(stderr);
    assert.equal(code, 1);
    assert.ok(said.includes(`${join(here, "mine")} has no checkpoints`), said);
  } finally {
    await Deno.remove(here, { recursive: true });
  }
});
