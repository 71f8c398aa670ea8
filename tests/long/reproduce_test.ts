import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listFiles } from "../../lib/files/list_files.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { PROJECT, runInProject } from "./run_in_project.ts";
import { writeNotebook, writesFile } from "../notebooks/write_notebook.ts";
import { findNotebooks } from "../../notebooks/reproduce/reproduce.ts";

/** How the task's program is run with few permissions. */
const program = [
  ...["run", "--no-prompt", "--allow-read", "--allow-write"],
  ...[
    "--allow-env=TSC_*,NODE_*,VSCODE_INSPECTOR_OPTIONS,NEUROMFA_*",
    `--allow-run=${Deno.execPath()}`,
  ],
];

/** Runs the task's program on the fixtures. */
async function reproduce(...args: string[]) {
  return await reproduceWith({}, ...args);
}

/** The same with variables. */
async function reproduceWith(env: Record<string, string>, ...args: string[]) {
  return await runInProject(env, [...program, "notebooks/reproduce/reproduce.ts", ...args]);
}

const fixtures = ["--notebooks", "tests/reproduce/fixtures"];

/** Two notebooks that write a table each, and the flags to run them into `<folder>/results`. */
async function twoNotebooks(folder: string): Promise<{ out: string; flags: string[] }> {
  const [notebooks, out] = [join(folder, "notebooks"), join(folder, "results")];
  await Deno.mkdir(notebooks);
  await writeNotebook(notebooks, "a", "# First\n\nDoes it?\n", writesFile("a.csv", "x\n1\n"));
  await writeNotebook(notebooks, "b", "# Second\n\nIt does.\n", writesFile("b.csv", "x\n2\n"));
  return { out, flags: ["--notebooks", notebooks, "--out", out] };
}

/** The text of every file in a folder. */
async function texts(folder: string): Promise<Record<string, string>> {
  const paths = await listFiles(folder);
  const read = paths.map(async (path) => [path, await Deno.readTextFile(join(folder, path))]);
  return Object.fromEntries(await Promise.all(read));
}

Deno.test("one notebook is run and kept with its tables, its figures and a gallery", () =>
  withFolder(async (out) => {
    const run = await reproduce(...fixtures, "--only", "shows_everything", "--out", out);
    assert.equal(run.code, 0, run.err);
    assert.match(run.err, /^shows_everything: done in [\d.]+ s$/m);
    assert.equal(run.out, `6 files written, all figures in ${join(out, "index.html")}\n`);
    assert.deepEqual(await listFiles(out), [
      ...["figures/rise.png", "figures/rise.svg", "files.json", "index.html"],
      ...["notebooks/shows_everything.ipynb", "rise.csv"],
    ]);
    const page = await Deno.readTextFile(join(out, "index.html"));
    assert.match(
      page,
      /<b>E rises with the root of the step<\/b> Degree of emergence E by training/,
    );
    const source = fileURLToPath(
      new URL("../reproduce/fixtures/shows_everything.ipynb", import.meta.url),
    );
    const [, link] = page.match(/<a href="([^"]+)">as written</)!;
    assert.equal(join(await Deno.realPath(out), link!), source);
  }));

Deno.test("a notebook that throws ends the run with its cell, the message and exit code 1", () =>
  withFolder(async (out) => {
    const run = await reproduce(...fixtures, "--only", "throws", "--out", out);
    assert.equal(run.code, 1);
    assert.match(run.err, /fixtures\/throws\.ipynb, code cell 2, line 3: RangeError: three steps/);
    assert.deepEqual(await listFiles(out), [], "nothing half done is left");
  }));

Deno.test("results stay as they were when one of the notebooks throws, and when the check does", () =>
  withFolder(async (folder) => {
    const { out, flags } = await twoNotebooks(folder);
    assert.equal((await reproduce(...flags)).code, 0);
    const before = await texts(out);
    const notebooks = join(folder, "notebooks");
    await writeNotebook(notebooks, "a", "# First\n", writesFile("a.csv", "x\n9\n"));
    const late = [writesFile("b.csv", "x\n"), 'throw new Error("too late");\n'];
    await writeNotebook(notebooks, "b", "# Second\n", ...late);
    for (const check of [[], ["--check"]]) {
      const run = await reproduce(...flags, ...check);
      assert.equal(run.code, 1);
      assert.match(run.err, /b\.ipynb, code cell 2, line 1: Error: too late/);
      assert.match(run.err, /1 of 2 notebooks failed: the results are left as they were\./);
      assert.deepEqual(await texts(out), before);
    }
  }));

Deno.test("--check says identical, or lists what is different, missing and extra", () =>
  withFolder(async (folder) => {
    const { out, flags } = await twoNotebooks(folder);
    assert.equal((await reproduce(...flags)).code, 0);
    const same = await reproduce(...flags, "--check");
    const identical = `identical: 6 files in ${out} are what the notebooks write\n`;
    assert.deepEqual([same.code, same.out], [0, identical]);

    await Deno.writeTextFile(join(out, "a.csv"), "x\n7\n");
    await Deno.writeTextFile(join(out, "own.csv"), "x\n");
    await Deno.remove(join(out, "b.csv"));
    const before = await texts(out);
    const other = await reproduce(...flags, "--check");
    assert.equal(other.code, 1);
    assert.match(
      other.err,
      /^different: a\.csv\nmissing: b\.csv\nextra: own\.csv\nfiles in .*: 3; /m,
    );
    assert.deepEqual(await texts(out), before, "a check writes nothing into the results");
    const [, kept] = other.err.match(/as they write them: (.*)\n/)!;
    assert.equal(await Deno.readTextFile(join(kept!, "a.csv")), "x\n1\n");
    await Deno.remove(kept!, { recursive: true });

    const one = await reproduce(...flags, "--check", "--only", "b");
    assert.match(
      one.err,
      /^missing: b\.csv\nfiles in .*: 1; /m,
      "of the other notebook nothing is said",
    );
    await Deno.remove(one.err.match(/as they write them: (.*)\n/)![1]!, { recursive: true });
  }));

Deno.test("--only replaces the files of the notebooks it names and keeps the gallery whole", () =>
  withFolder(async (folder) => {
    const { out, flags } = await twoNotebooks(folder);
    assert.equal((await reproduce(...flags)).code, 0);
    const all = await texts(out);
    const changed = [writesFile("renamed.csv", "x\n1\n")];
    await writeNotebook(join(folder, "notebooks"), "a", "# First\n\nDoes it?\n", ...changed);
    const run = await reproduce(...flags, "--only", "a");
    assert.equal(run.code, 0, run.err);
    assert.match(run.out, /^removed: a\.csv, which no notebook writes any more$/m);
    const { "renamed.csv": renamed, ...rest } = await texts(out);
    assert.equal(renamed, "x\n1\n");
    assert.equal(rest["b.csv"], all["b.csv"]);
    assert.equal(rest["index.html"], all["index.html"]!.replaceAll("a.csv", "renamed.csv"));
    assert.equal(rest["a.csv"], undefined);
    assert.equal((await reproduce(...flags, "--check", "--only", "a,b")).code, 0);
  }));

Deno.test("two notebooks that write different files under one path are told so", () =>
  withFolder(async (folder) => {
    const { out, flags } = await twoNotebooks(folder);
    await writeNotebook(join(folder, "notebooks"), "c", "", writesFile("a.csv", "x\n3\n"));
    const run = await reproduce(...flags);
    assert.equal(run.code, 1);
    assert.match(run.err, /a and c both write a\.csv, and not the same: rename one\n/);
    assert.deepEqual(await listFiles(out), []);
  }));

Deno.test("an unknown flag and an unknown notebook are refused with the nearest known", async () => {
  const flag = await reproduce("--onyl", "throws");
  assert.deepEqual([flag.code, flag.err], [
    1,
    "unknown flag --onyl: did you mean --only? See --help for all of them\n",
  ]);
  const name = await reproduce(...fixtures, "--only", "shows_everything,throw");
  assert.deepEqual([name.code, name.err], [
    1,
    'tests/reproduce/fixtures holds no notebook "throw": did you mean throws?\n',
  ]);
});

Deno.test("models that variables name are as good as named by flags, so that results stay", async () => {
  const env = { NEUROMFA_MODEL: "suite:nano-32" };
  const run = await reproduceWith(env, "first_look", "--out", "results");
  assert.deepEqual([run.code, run.out], [1, ""]);
  assert.match(run.err, /^results holds the results of the bundled models: choose another folder/);
});

Deno.test("--help tells every flag", async () => {
  const { code, out } = await reproduce("--help");
  assert.equal(code, 0);
  for (const flag of ["--only", "--check", "--out", "--notebooks", "--help"]) {
    assert.ok(out.includes(flag));
  }
});

Deno.test("a folder that cannot be used is told in a sentence before any notebook runs", () =>
  withFolder(async (folder) => {
    const { out, flags } = await twoNotebooks(folder);
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    await Deno.mkdir(join(folder, "links"));
    await Deno.symlink("loop.ipynb", join(folder, "links", "loop.ipynb"));
    await Deno.mkdir(join(out, "index.html"), { recursive: true });
    await Deno.mkdir(join(folder, "b"));
    await Deno.writeTextFile(join(folder, "b", "notebooks"), "");
    const notebooks = flags.slice(0, 2);
    const refused: [string[], RegExp][] = [
      [
        ["--notebooks", file],
        /file is not a folder: --notebooks takes one with \*\.ipynb files\n$/,
      ],
      [["--notebooks", join(folder, "none")], /none holds no notebook \(\*\.ipynb\) to run\n$/],
      [
        ["--notebooks", join(folder, "links")],
        /loop\.ipynb is a link that leads to no file: .*\n$/,
      ],
      [
        [...notebooks, "--out", join(file, "x")],
        /^nothing can be written to .*file is a file; .*\n$/,
      ],
      [[...notebooks, "--out", file, "--check"], /file is not a folder: --out takes the one .*\n$/],
      [flags, /index\.html is a folder, but a file of the results goes there: move it\n$/],
      [
        [...notebooks, "--out", join(folder, "b")],
        /notebooks is a file, but a folder .*: move it\n$/,
      ],
      [
        [...notebooks, "--out", folder],
        /would take the place of .*a\.ipynb itself: choose another/,
      ],
    ];
    const before = await listFiles(folder);
    for (const [args, message] of refused) {
      const run = await reproduce(...args);
      assert.equal(run.code, 1, args.join(" "));
      assert.match(run.err, message);
      assert.equal(run.err.trim().split("\n").length, 1, run.err);
    }
    assert.deepEqual(await listFiles(folder), before);
  }));

Deno.test("nothing of a notebook runs in the gallery, and its files take no other's place", () =>
  withFolder(async (folder) => {
    const opening =
      "# T <script>alert(1)</script>\n**The question.** What <script>alert(2)</script>" +
      "<img src=x onerror=alert(3)> [x](javascript:alert(4))?\n";
    const notebooks = join(folder, "notebooks");
    const out = join(folder, "out");
    await Deno.mkdir(notebooks);
    const files = ["<img src=x onerror=alert(5)>.csv", "index.html"];
    const cells = files.map((name) => writesFile(name, "<script>alert(6)</script>"));
    await writeNotebook(notebooks, "evil", opening, ...cells);
    const run = await reproduce("--notebooks", notebooks, "--out", out);
    assert.equal(run.code, 0, run.err);
    assert.match(run.err, /^evil: its index\.html is left out, since that of all notebooks/m);
    const page = await Deno.readTextFile(join(out, "index.html"));
    assert.doesNotMatch(page, /<script|<img|javascript:/i);
    assert.match(page, /What &lt;script&gt;alert\(2\)&lt;\/script&gt;&lt;img src=x onerror/);
    assert.deepEqual(
      (await Deno.readTextFile(join(out, "files.json"))).match(/index\.html/g),
      null,
    );

    await writeNotebook(notebooks, "evil", opening, writesFile("C:x.csv", ""));
    const colon = await reproduce("--notebooks", notebooks, "--out", out);
    assert.equal(colon.code, 1);
    assert.match(colon.err, /evil writes "C:x\.csv", which is no file name everywhere: rename it/);
    assert.equal(await Deno.readTextFile(join(out, "index.html")), page);
  }));

Deno.test("a signal ends it at once, with nothing left but the cursor and the former results", () =>
  withFolder(async (folder) => {
    const [notebooks, out, temporary] = ["notebooks", "out", "temporary"]
      .map((name) => join(folder, name)) as [string, string, string];
    await Promise.all([notebooks, out, temporary].map((path) => Deno.mkdir(path)));
    await Deno.writeTextFile(join(out, "files.json"), "{}");
    await writeNotebook(
      ...[notebooks, "endless", ""] as const,
      `Deno.addSignalListener("SIGTERM", () => {});
      Deno.addSignalListener("SIGINT", () => {});
      await Deno.writeTextFile(Deno.env.get("NEUROMFA_RESULTS") + "/begun", "");
      await new Promise((done) => setTimeout(done, 600_000));`,
    );
    // A bar is drawn on a terminal only.
    const terminal = join(folder, "terminal.ts");
    await Deno.writeTextFile(
      terminal,
      'import process from "node:process";\n' +
        'Object.defineProperty(process.stderr, "isTTY", { value: true });\n',
    );
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const process = new Deno.Command(Deno.execPath(), {
        args: [
          ...[...program, "--preload", terminal, "notebooks/reproduce/reproduce.ts"],
          ...["--notebooks", notebooks, "--out", out],
        ],
        cwd: PROJECT,
        env: { TMPDIR: temporary },
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const printed = new Response(process.stderr).text();
      while (!(await listFiles(temporary)).some((path) => path.endsWith("/begun"))) {
        await new Promise((done) => setTimeout(done, 50));
      }
      const sent = performance.now();
      process.kill(signal);
      const { code } = await process.status;
      const took = performance.now() - sent;
      // It waits for 0.8 seconds at most, and the notebook for 600; other tests run beside this one.
      assert.ok(took < 10_000, `${signal}: ${took} ms`);
      assert.equal(code, 130);
      const text = await printed;
      assert.match(text, /stopped: the results are left as they were\n$/);
      const [hidden, shown] = ["\x1b[?25l", "\x1b[?25h"].map((code) => text.lastIndexOf(code));
      assert.ok(hidden! >= 0 && shown! > hidden!, "the cursor is shown again");
      assert.deepEqual(await Array.fromAsync(Deno.readDir(temporary)), []);
      assert.deepEqual(await listFiles(out), ["files.json"]);
    }
  }));

const fixturesOfFindNotebooks = fileURLToPath(new URL("../reproduce/fixtures", import.meta.url));

Deno.test("notebooks are found in the order of their names, or those asked for", async () => {
  const all = await findNotebooks(fixturesOfFindNotebooks);
  assert.deepEqual(all, [...all].sort());
  assert.ok(all.length >= 4);
  const one = [`${fixturesOfFindNotebooks}/throws.ipynb`];
  assert.deepEqual(await findNotebooks(fixturesOfFindNotebooks, ["throws"]), one);
  assert.deepEqual(await findNotebooks(fixturesOfFindNotebooks, ["throws.ipynb", "throws"]), one);
});

Deno.test("a notebook is found without its number", async () => {
  const notebooks = fileURLToPath(new URL("../../notebooks", import.meta.url));
  const expected = [`${notebooks}/01_first_look.ipynb`];
  assert.deepEqual(await findNotebooks(notebooks, ["first_look"]), expected);
});

Deno.test("a name that is not there is refused with the nearest one", async () => {
  await assert.rejects(
    findNotebooks(fixturesOfFindNotebooks, ["throws", "throw"]),
    /no notebook "throw": did you mean throws\?/,
  );
});

Deno.test("a folder without notebooks and a folder that is not there are refused", async () => {
  await assert.rejects(
    findNotebooks(`${fixturesOfFindNotebooks}/none`),
    /none holds no notebook \(\*\.ipynb\) to run/,
  );
});
