import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the task's program on the fixtures with few permissions. */
async function reproduce(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--allow-read", "--allow-write"],
      ...["--allow-env=TSC_*,NODE_*,VSCODE_INSPECTOR_OPTIONS", `--allow-run=${Deno.execPath()}`],
      ...["lib/notebooks/reproduce.ts", ...args],
    ],
    cwd: project,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, err: err! };
}

async function inFolder(test: (out: string) => Promise<void>): Promise<void> {
  const out = await Deno.makeTempDir();
  try {
    await test(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

const fixtures = ["--notebooks", "tests/notebooks/fixtures"];

Deno.test("one notebook is run and kept with its tables and figures", () =>
  inFolder(async (out) => {
    const run = await reproduce(...fixtures, "--only", "shows_everything", "--out", out);
    assert.equal(run.code, 0, run.err);
    assert.match(run.out, /shows_everything\.ipynb: type-checking\n.*: done in [\d.]+ s, executed/);
    assert.deepEqual(names(out), ["figures", "notebooks", "rise.csv"]);
    assert.deepEqual(names(`${out}/notebooks`), ["shows_everything.ipynb"]);
  }));

Deno.test("a notebook that throws ends the run with its cell, the message and exit code 1", () =>
  inFolder(async (out) => {
    const run = await reproduce(...fixtures, "--only", "throws", "--out", out);
    assert.equal(run.code, 1);
    assert.match(run.err, /fixtures\/throws\.ipynb, code cell 2, line 3: RangeError: three steps/);
    assert.deepEqual(names(out), [], "nothing half done is left");
  }));

Deno.test("an unknown flag and an unknown notebook are refused with the nearest known", async () => {
  const flag = await reproduce("--onyl", "throws");
  assert.deepEqual([flag.code, flag.err], [
    1,
    "Unknown flag --onyl: did you mean --only? See --help for all of them.\n",
  ]);
  const name = await reproduce(...fixtures, "--only", "throw");
  assert.deepEqual([name.code, name.err], [
    1,
    'tests/notebooks/fixtures holds no notebook "throw": did you mean throws?\n',
  ]);
});

Deno.test("--help tells every flag", async () => {
  const { code, out } = await reproduce("--help");
  assert.equal(code, 0);
  for (const flag of ["--only", "--out", "--notebooks", "--help"]) assert.ok(out.includes(flag));
});
