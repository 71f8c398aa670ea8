import assert from "node:assert/strict";
import { join } from "node:path";
import { writeTiny } from "../architectures/tiny_models.ts";
import { waves } from "../architectures/waves.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { neuromfa } from "./neuromfa_command.ts";

/** The tables of a run, but for what their records say. */
async function tablesIn(folder: string): Promise<Map<string, string>> {
  const tables = new Map<string, string>();
  for await (const { name, isFile } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (!isFile) { for (const [below, text] of await tablesIn(path)) tables.set(below, text); }
    else if (name.endsWith(".csv")) tables.set(name, await Deno.readTextFile(path));
  }
  return tables;
}

Deno.test("what describe prints gives the same tables, byte for byte, by --architecture", () =>
  withFolder(async (folder) => {
    const described = await neuromfa("describe", "suite:nano-32");
    assert.equal(described.code, 0, described.stderr);
    const file = join(folder, "network.json");
    await Deno.writeTextFile(file, described.stdout);
    const run = ["--models", "suite:nano-32", "--steps", "0,4096", "--samples", "2"];
    const tables: Map<string, string>[] = [];
    for (const more of [[], ["--architecture", file]]) {
      const out = join(folder, `out${more.length}`);
      const { code, stderr } = await neuromfa(...run, ...more, "--out", out);
      assert.equal(code, 0, stderr);
      tables.push(await tablesIn(out));
    }
    assert.ok(tables[0]!.size > 3);
    assert.deepEqual(tables[1], tables[0]);
  }));

Deno.test("an unknown network is proposed, marked as a guess, and measured by that", () =>
  withFolder(async (folder) => {
    // A matrix beside the chain, so that the network is not taken for it unasked.
    const shapes = { "inward.weight": [40, 30], "outward.weight": [30, 40], "side.weight": [7, 9] };
    for (const step of [0, 1]) {
      await writeTiny(join(folder, `m/step${step}`), waves(shapes, 1 + step));
    }
    const model = join(folder, "m");
    const unknown = await neuromfa("--models", model, "--out", join(folder, "out"));
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /of no known architecture; .*neuromfa describe proposes one/);
    const { stdout } = await neuromfa("describe", model, "--step", "1");
    assert.equal(JSON.parse(stdout).guess, true);
    const file = join(folder, "network.json");
    await Deno.writeTextFile(file, stdout);
    const out = join(folder, "out");
    const options = ["--architecture", file, "--layer_sample", "16", "--out", out];
    const measured = await neuromfa("--models", model, ...options);
    assert.equal(measured.code, 0, measured.stderr);
    assert.match(measured.stdout, /its architecture, chain, is a guess/);
    const record = await Deno.readTextFile(join(out, "emergence", "m", "run.json"));
    assert.equal(JSON.parse(record).options.architecture.guess, true);
  }));

Deno.test("describe says what it needs, and what is wrong with a file", () =>
  withFolder(async (folder) => {
    const nothing = await neuromfa("describe");
    assert.deepEqual([nothing.code, nothing.stdout], [1, ""]);
    assert.match(
      nothing.stderr,
      /describe needs a model: deno task neuromfa describe suite:nano-64/,
    );
    const file = join(folder, "network.json");
    await Deno.writeTextFile(file, "{");
    const broken = await neuromfa("describe", "suite:nano-32", "--architecture", file);
    assert.equal(broken.code, 1);
    assert.match(broken.stderr, /network\.json is no JSON/);
    const missing = await neuromfa("--models", "suite:nano-32", "--architecture", `${file}x`);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /network\.jsonx/);
    assert.doesNotMatch(missing.stderr, /at file:/);
  }));
