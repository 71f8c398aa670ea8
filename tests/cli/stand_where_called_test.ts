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

/** What a task of the project refuses to do, called in a new folder that holds the folder `mine`. */
async function refusedElsewhere(test: (here: string, said: string) => void, ...args: string[]) {
  const here = await Deno.realPath(await Deno.makeTempDir());
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  try {
    await Deno.mkdir(join(here, "mine"));
    const { stderr, code } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "--config", config, ...args],
      cwd: here,
      env: { INIT_CWD: here },
    }).output();
    assert.equal(code, 1);
    test(here, new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(here, { recursive: true });
  }
}

Deno.test("a folder that a task called elsewhere names is the one beside its user", async () => {
  await refusedElsewhere(
    (here, said) => assert.ok(said.startsWith(`${join(here, "mine")} has no checkpoints`), said),
    ...["neuromfa", "--models", "mine"],
  );
  await refusedElsewhere(
    (here, said) => assert.ok(said.startsWith(`${join(here, "theirs")} does not exist`), said),
    ...["neuromfa", "describe", "theirs"],
  );
});

Deno.test("deno task reproduce called elsewhere looks for notebooks beside its user", async () => {
  await refusedElsewhere(
    (_, said) => assert.equal(said, "mine holds no notebook (*.ipynb) to run\n"),
    ...["reproduce", "--notebooks", "mine"],
  );
  await refusedElsewhere(
    (_, said) => assert.match(said, /holds no notebook "nosuch": did you mean /),
    ...["reproduce", "nosuch"],
  );
});
