/** Notebooks in Jupyter with Deno's own kernel must write and show what a headless run does. */

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { listFiles } from "../../lib/files/list_files.ts";
import { readResultFiles } from "../../notebooks/reproduce/result_files.ts";
import { runNotebook } from "../../notebooks/reproduce/notebook_results.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { storedNotebooks } from "../notebooks/stored_notebooks.ts";
import { writeNotebook } from "../notebooks/write_notebook.ts";
import project from "../../deno.json" with { type: "json" };
import { executeInJupyter, inCi, pictures, whyNoJupyter } from "../e2e/jupyter.ts";

/** What a headless run wrote: its tables by path, and the executed notebook. */
interface Headless {
  readonly tables: ReadonlyMap<string, string>;
  readonly executed: string;
}

const committed = fileURLToPath(new URL("../../results", import.meta.url));

/** Texts of the CSV files among some paths of a folder. */
async function tables(folder: string, paths: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const path of paths.filter((path) => path.endsWith(".csv"))) {
    found.set(path, await Deno.readTextFile(join(folder, path)));
  }
  return found;
}

/** For the project's notebooks what is committed, which saves running them again; for the fixture a run. */
async function headless(path: string, name: string, folder: string): Promise<Headless> {
  if (dirname(path).endsWith("fixtures")) {
    const executed = await runNotebook(path, { results: folder, checked: true });
    return { executed, tables: await tables(folder, await listFiles(folder)) };
  }
  const files = (await readResultFiles(committed))[name];
  assert.ok(files, `results/ has nothing of ${name}: run deno task reproduce`);
  const executed = await Deno.readTextFile(join(committed, `notebooks/${name}.ipynb`));
  return { executed, tables: await tables(committed, files) };
}

async function compare(path: string, name: string): Promise<void> {
  await withFolder(async (folder) => {
    const [written, jupyter, home] = ["written", "jupyter", "home"]
      .map((part) => join(folder, part)) as [string, string, string];
    for (const part of [written, jupyter, home]) await Deno.mkdir(part);
    const expected = await headless(path, name, written);
    const executed = await executeInJupyter(path, home, jupyter);
    assert.ok(expected.tables.size > 0, "a notebook without a table leaves nothing to compare");
    const stale = `${name} writes something else in Jupyter than headless, or results/ is stale: ` +
      "deno task reproduce --check tells";
    assert.deepEqual(await tables(jupyter, await listFiles(jupyter)), expected.tables, stale);
    assert.deepEqual(pictures(executed), pictures(expected.executed), stale);
  });
}

/**
 * The notebooks that are executed in Jupyter here, in ten to twenty seconds each: the fixture, which shows everything that a cell
 * can show, and one with figures and tables. `NEUROMFA_ALL_NOTEBOOKS` asks for all.
 */
const chosen = Deno.env.get("NEUROMFA_ALL_NOTEBOOKS")
  ? /./
  : /^(shows_everything|02_neuron_interaction_network)$/;

const reason = await whyNoJupyter();
if (reason !== undefined && !inCi) {
  console.log(
    `Notebooks are not tested in Jupyter: ${reason}; in Debian install jupyter-nbconvert.`,
  );
}

Deno.test({
  name: "a notebook writes and shows in Jupyter what it does headless",
  ignore: reason !== undefined && !inCi,
  async fn(t) {
    assert.equal(reason, undefined, "where CI is set, Jupyter must be there");
    const queue = (await storedNotebooks()).filter(({ name }) => chosen.test(name));
    assert.ok(queue.length >= 2);
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { path, name } = next;
        await t.step({
          name,
          fn: () => compare(path, name),
          // Two run side by side, so one may end what it did not start.
          ...{ sanitizeOps: false, sanitizeResources: false, sanitizeExit: false },
        });
      }
    };
    await Promise.all([work(), work()]);
  },
});

Deno.test({
  name: "a progress bar is redrawn in place in Jupyter and leaves no trace in a headless run",
  ignore: reason !== undefined && !inCi,
  fn: () =>
    withFolder(async (folder) => {
      const progress = new URL("../../lib/display/notebook_progress.ts", import.meta.url).href;
      const path = await writeNotebook(
        folder,
        "progress",
        "",
        `import { notebookProgress } from "${progress}";
        const { update, finish } = notebookProgress("counting < 4", 3);
        for (const done of [1, 2, 3]) update(done);
        await finish();`,
      );
      const home = join(folder, "home");
      await Deno.mkdir(home);
      const [inJupyter, inProcess] = [
        await executeInJupyter(path, home, home),
        await runNotebook(path, { results: home, checked: true }),
      ].map((executed) => JSON.parse(executed).cells[0].outputs);
      assert.deepEqual(inProcess, []);
      assert.equal(inJupyter.length, 1, "one output, however often it was updated");
      const { "text/html": html, "text/plain": plain } = inJupyter[0].data;
      assert.match([html].flat().join(""), /<progress value="1" .*counting &#60; 4: 3 of 3, 0 s$/);
      assert.match([plain].flat().join(""), /^█{24} counting < 4: 3 of 3, 0 s$/);
    }),
});

Deno.test({
  name:
    "a file named stop ends a cell in Jupyter and not the kernel, and the cell goes on from there",
  ignore: reason !== undefined && !inCi,
  fn: () =>
    withFolder(async (folder) => {
      const from = (path: string) =>
        JSON.stringify(new URL(`../../lib/${path}`, import.meta.url).href);
      const path = await writeNotebook(
        folder,
        "stop",
        "",
        `import { notebookProgress } from ${from("display/notebook_progress.ts")};
        import { measure } from ${from("runs/measure.ts")};
        const kept = "a variable";
        const run = async (stopAt: number) => {
          const told: number[] = [], progress = notebookProgress("measuring", 6);
          const onNetwork = (done: number) => {
            told.push(done);
            // As somebody makes it in the file browser.
            if (done === stopAt) Deno.writeTextFileSync("stop", "");
            progress.update(done);
          };
          try {
            await measure("suite:nano-32", { samples: 2, steps: [0, 128, 4096], onNetwork, signal: progress.signal });
          } catch (error) {
            console.log((error as Error).message);
          }
          await progress.finish();
          console.log(kept, told.join(" "));
        };`,
        "await run(2);",
        "await run(0);",
      );
      // The kernel looks for packages beside the notebook.
      const { imports } = project;
      await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify({ imports }));
      const home = join(folder, "home");
      await Deno.mkdir(home);
      const { cells } = JSON.parse(await executeInJupyter(path, home, home));
      const printed = ({ outputs }: { outputs: { text?: string | string[] }[] }) =>
        outputs.flatMap(({ text }) => text ?? []).join("");
      assert.equal(
        printed(cells[1]),
        "measuring was stopped by the file stop at 2 of 6; measure() keeps what is measured as long as the kernel runs: " +
          "run this cell again to go on\na variable 0 1 2\n",
      );
      assert.equal(printed(cells[2]), "a variable 2 3 4 5 6\n");
      const [bar] = cells[2].outputs.filter(({ data }: { data?: unknown }) => data);
      assert.match([bar.data["text/plain"]].flat().join(""), /measuring: 6 of 6, \d+ s$/);
      const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
      assert.deepEqual(names.filter((name) => name === "stop"), [], "the file is removed");
    }),
});
