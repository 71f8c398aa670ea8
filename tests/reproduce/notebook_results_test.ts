import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNotebook } from "../../notebooks/reproduce/notebook_results.ts";
import { withEnvironment } from "../helpers/with_environment.ts";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));
/** Of most notebooks here the types are right and are not looked at: that takes longer than a run. */
const checked = true;
const fixture = (name: string) => join(fixtures, `${name}.ipynb`);

async function inFolder(test: (results: string) => Promise<void>): Promise<void> {
  const results = await Deno.makeTempDir();
  try {
    await test(results);
  } finally {
    await Deno.remove(results, { recursive: true });
  }
}

/** A notebook of code cells in a folder of its own. */
async function write(folder: string, ...sources: string[]): Promise<string> {
  const cells = sources.map((source) => ({ cell_type: "code", metadata: {}, source, outputs: [] }));
  const path = join(folder, "written.ipynb");
  const stored = { nbformat: 4, nbformat_minor: 4, metadata: {}, cells };
  await Deno.writeTextFile(path, JSON.stringify(stored));
  return path;
}

Deno.test("a notebook's prints, tables, figures and last values stand under their cells", () =>
  inFolder(async (results) => {
    const reached: string[] = [];
    const onCell = (cell: number, cells: number) => void reached.push(`${cell}/${cells}`);
    const text = await runNotebook(fixture("shows_everything"), { results, onCell });
    assert.deepEqual(reached, ["1/4", "2/4", "3/4", "4/4"]);

    // deno-lint-ignore no-explicit-any
    const cells: any[] = JSON.parse(text).cells.filter((cell: any) => cell.cell_type === "code");
    // deno-lint-ignore no-explicit-any
    const kinds = cells.map((cell) => cell.outputs.map((output: any) => output.output_type));
    assert.deepEqual(kinds, [[], ["stream", "display_data"], ["display_data"], [
      "stream",
      "execute_result",
    ]]);
    assert.deepEqual(cells[1].outputs[0].text, ["6 checkpoints\n"]);
    assert.match(cells[1].outputs[1].data["text/html"].join(""), /<td[^>]*>0\.141421<\/td>/);
    const figure = cells[2].outputs[0];
    assert.deepEqual(Object.keys(figure.data), ["image/png", "text/plain"]);
    const png = await Deno.readFile(`${results}/figures/rise.png`);
    assert.deepEqual(Uint8Array.fromBase64(figure.data["image/png"]), png);
    assert.equal(figure.metadata["image/png"].width, 640);
    assert.deepEqual(cells[3].outputs[0], {
      name: "stderr",
      output_type: "stream",
      text: ["written\n"],
    });
    assert.deepEqual(cells[3].outputs[1].data, { "text/plain": ["0.4"] });
    assert.match(await Deno.readTextFile(`${results}/rise.csv`), /^step,E\n0,0\n1,0\.1\n/);

    assert.equal(
      await runNotebook(fixture("shows_everything"), { results, checked }),
      text,
      "twice the same",
    );
  }));

Deno.test("a cell that throws is told with notebook, cell, line, message and source", () =>
  inFolder(async (results) => {
    await assert.rejects(runNotebook(fixture("throws"), { results }), {
      name: "NotebookError",
      message: `${fixture("throws")}, code cell 2, line 3: RangeError: three steps are needed, ` +
        "but there are 2\n" +
        "    const steps = [0, 512];\n" +
        "    if (steps.length < 3) {\n" +
        '      throw new RangeError("three steps are needed, but there are 2");\n' +
        "    }",
    });
  }));

Deno.test("a type error is told with cell and line, and no cell runs", () =>
  inFolder(async (results) => {
    const onCell = () => assert.fail("a cell ran");
    await assert.rejects(runNotebook(fixture("mistyped"), { results, onCell }), {
      message: `${fixture("mistyped")}, code cell 2, line 2: ` +
        "Type 'number' is not assignable to type 'string'.\n    const name: string = step;",
    });
  }));

Deno.test("a name declared in two cells is refused", () =>
  inFolder(async (results) => {
    const run = runNotebook(fixture("declares_twice"), { results });
    await assert.rejects(run, /code cell 2: "step" is declared in code cell 1 already/);
  }));

Deno.test("a cell that ends the process, or rejects unheard, is told as well", () =>
  inFolder(async (results) => {
    const exits = await write(results, "1;", "Deno.exit(3);");
    await assert.rejects(
      runNotebook(exits, { results, checked }),
      /code cell 2: the process stopped with code 3/,
    );
    const unheard = await write(
      results,
      'setTimeout(() => { throw new Error("late"); }, 300);',
      "await new Promise((done) => setTimeout(done, 5000));",
    );
    await assert.rejects(
      runNotebook(unheard, { results, checked }),
      /code cell 2: the process stopped with code 1\n[^]*late/,
    );
  }));

Deno.test("a cell may write results and nothing else, and reach no network", () =>
  inFolder(async (results) => {
    const outside = JSON.stringify(fixture("written"));
    const writes = await write(results, `await Deno.writeTextFile(${outside}, "");`);
    await assert.rejects(
      runNotebook(writes, { results, checked }),
      /code cell 1, line 1: NotCapable: .*write access/,
    );
    const fetches = await write(results, 'await fetch("http://localhost/");');
    await assert.rejects(runNotebook(fetches, { results, checked }), /NotCapable: .*net access/);
  }));

/** What asks for a connection while something is done, each with the host it asks for. */
async function connections(work: () => Promise<void>): Promise<string[]> {
  const hosts: string[] = [];
  const proxy = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    for await (const connection of proxy) {
      const bytes = new Uint8Array(1024);
      const length = await connection.read(bytes) ?? 0;
      hosts.push(new TextDecoder().decode(bytes.subarray(0, length)).split(" ")[1] ?? "");
      connection.close();
    }
  })();
  const address = `http://127.0.0.1:${proxy.addr.port}`;
  const settings = { HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: "", no_proxy: "" };
  try {
    await withEnvironment(settings, work);
  } finally {
    proxy.close();
    await served;
  }
  return hosts;
}

Deno.test("a cell may import nothing that is not on this machine, and nobody is asked for it", () =>
  inFolder(async (results) => {
    const remote = ["https://deno.land/x.ts?secret", "npm:secret-package@1", "jsr:@std/secret"];
    const imports = remote.map((name) =>
      `await import(["${name}"].join("")).then(() => "imported", (error) => error.message)`
    );
    const inWorker = `${remote.map((name) => `await import("${name}").catch(() => {});`).join("")}
      postMessage("tried");`;
    const hosts = await connections(async () => {
      const path = await write(
        results,
        `console.log([${imports.join()}].join("\\n"));`,
        `const worker = new Worker("data:text/javascript,${
          encodeURIComponent(inWorker)
        }", { type: "module" });
        await new Promise((resolve) => worker.onmessage = resolve);`,
        `await import("https://deno.land/x.ts?literal").catch((error) => error.message);`,
      );
      const { cells } = JSON.parse(await runNotebook(path, { results }));
      const told: string = cells[0].outputs[0].text.join("");
      assert.equal(told.match(/not found in cache: .*--cached-only/g)?.length, 3, told);
      assert.match(cells[2].outputs[0].data["text/plain"].join(""), /not found in cache/);
      const checked = {
        "https://deno.land/y.ts": 'import y from "https://deno.land/y.ts";',
        "secret-package": 'import y from "npm:secret-package@1";',
        "https://jsr.io/@std/secret/meta.json": 'import y from "jsr:@std/secret";',
        "https://deno.land/y.d.ts": 'let y: import("https://deno.land/y.d.ts").Y;',
      };
      for (const [missing, source] of Object.entries(checked)) {
        const wrong = await write(results, "1;", `${source}\nconsole.log(y);`);
        await assert.rejects(runNotebook(wrong, { results }), {
          message:
            `${wrong}, code cell 2, line 1: ${missing} is imported but not in Deno's cache, ` +
            "and notebooks run without a network: fetch it before (deno cache)\n" +
            `    ${source}`,
        });
      }
    });
    assert.deepEqual(hosts, []);
  }));

Deno.test("what a program that is not offline imports is asked for, as the test of it would see", () =>
  inFolder(async (results) => {
    const program = join(results, "program.ts");
    await Deno.writeTextFile(program, 'await import("https://deno.land/x.ts?secret");');
    const hosts = await connections(async () => {
      const args = ["run", "--no-prompt", "--no-lock", program];
      await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
    });
    assert.deepEqual(new Set(hosts), new Set(["deno.land:443"]));
  }));

Deno.test("a cell that asks for something gets no answer, and does not wait for one", () =>
  inFolder(async (results) => {
    const asks = await write(
      results,
      '(await Deno.permissions.request({ name: "net" })).state;',
      "[prompt('name?'), confirm('sure?'), alert('well')];",
      "await Deno.stdin.read(new Uint8Array(1)) ?? 'no input';",
    );
    const { cells } = JSON.parse(await runNotebook(asks, { results, checked }));
    // deno-lint-ignore no-explicit-any
    const values = cells.map(({ outputs }: any) => outputs.at(-1).data["text/plain"].join(""));
    assert.deepEqual(values, ['"denied"', "[ null, false, undefined ]", '"no input"']);
  }));

Deno.test("a notebook that is stopped, and would never end, ends at once and leaves nothing running", () =>
  inFolder(async (results) => {
    const beats = await write(
      results,
      `Deno.addSignalListener("SIGTERM", () => {});
      Deno.addSignalListener("SIGINT", () => {});
      for (let beat = 0;; beat++) {
        await Deno.writeTextFile(Deno.env.get("NEUROMFA_RESULTS") + "/beat", \`\${beat}\`);
        await new Promise((done) => setTimeout(done, 20));
      }`,
    );
    const stop = new AbortController();
    const onCell = () => {
      setTimeout(() => stop.abort(new Error("enough")), 200);
    };
    const run = runNotebook(beats, { results, checked, onCell, signal: stop.signal });
    await assert.rejects(run, /^Error: enough$/);
    const last = await Deno.readTextFile(join(results, "beat"));
    await new Promise((done) => setTimeout(done, 200));
    assert.equal(await Deno.readTextFile(join(results, "beat")), last);
  }));

Deno.test("a cell that shows more than a megabyte is refused", () =>
  inFolder(async (results) => {
    const large = await write(results, 'console.log("x".repeat(1_100_000));');
    await assert.rejects(
      runNotebook(large, { results, checked }),
      /code cell 1: its outputs take 11\d{5} characters/,
    );
  }));

Deno.test("a missing notebook is named", () =>
  inFolder(async (results) => {
    await assert.rejects(runNotebook("nowhere.ipynb", { results }), /nowhere\.ipynb/);
  }));

Deno.test("a results folder whose path Deno cannot permit is refused", async () => {
  const results = await Deno.makeTempDir({ suffix: ",b" });
  try {
    await assert.rejects(
      runNotebook(fixture("throws"), { results, checked }),
      /without a comma in its path/,
    );
  } finally {
    await Deno.remove(results);
  }
});
