import assert from "node:assert/strict";
import { join } from "node:path";
import { exists, listFiles } from "../../lib/files/list_files.ts";
import {
  checkPlaces,
  keepSources,
  replaceResults,
} from "../../notebooks/reproduce/replace_results.ts";
import { withFolder } from "../helpers/with_folder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const running = new AbortController().signal;

Deno.test("new files take the places of former ones, and what is gone is removed", () =>
  withFolder(async (folder) => {
    const out = join(folder, "results");
    const before = new Map([["a.csv", bytes("1")], ["tables/b.csv", bytes("2")]]);
    await replaceResults({ files: before, gone: [] }, out, running);
    const after = new Map([["a.csv", bytes("3")], ["tables/c.csv", bytes("4")]]);
    await replaceResults({ files: after, gone: ["tables/b.csv"] }, out, running);
    assert.deepEqual(await listFiles(out), ["a.csv", "tables/c.csv"]);
    assert.equal(await Deno.readTextFile(join(out, "a.csv")), "3");
    const names = await Array.fromAsync(Deno.readDir(out), ({ name }) => name);
    assert.deepEqual(names.sort(), ["a.csv", "tables"], "no temporary folder is left");
  }));

Deno.test("a stop while files are written leaves the folder as it was", () =>
  withFolder(async (out) => {
    await Deno.writeTextFile(join(out, "a.csv"), "1");
    const stop = new AbortController();
    function* files(): Generator<[string, Uint8Array]> {
      yield ["a.csv", bytes("2")];
      stop.abort(new Error("enough"));
      yield ["b.csv", bytes("3")];
    }
    const replaced = { files: { [Symbol.iterator]: files } as never, gone: ["a.csv"] };
    await assert.rejects(replaceResults(replaced, out, stop.signal), /^Error: enough$/);
    const names = await Array.fromAsync(Deno.readDir(out), ({ name }) => name);
    assert.deepEqual(names, ["a.csv"]);
    assert.equal(await Deno.readTextFile(join(out, "a.csv")), "1");
  }));

Deno.test("what is in the way of a file is named", () =>
  withFolder(async (out) => {
    await Deno.mkdir(join(out, "a.csv"));
    await Deno.writeTextFile(join(out, "tables"), "");
    await checkPlaces(out, ["b.csv", "figures/b.svg"]);
    await checkPlaces(join(out, "none"), ["a.csv", "tables/b.csv"]);
    await assert.rejects(
      checkPlaces(out, ["a.csv"]),
      /a\.csv is a folder, but a file of the results/,
    );
    const below = checkPlaces(out, ["tables/nano/b.csv"]);
    await assert.rejects(below, /tables is a file, but a folder of the results/);
  }));

Deno.test("an executed notebook never takes the place of the notebook itself", () =>
  withFolder(async (folder) => {
    const notebooks = join(folder, "notebooks");
    await Deno.mkdir(notebooks);
    const path = join(notebooks, "a.ipynb");
    await Deno.writeTextFile(path, "{}");
    await Deno.symlink(folder, join(folder, "link"));
    const stored = [{ name: "a", path, notebook: { path, cells: [], metadata: {} } }];
    await keepSources(join(folder, "results"), stored);
    for (const out of [folder, join(folder, "link")]) {
      await assert.rejects(keepSources(out, stored), /a\.ipynb itself: choose another folder/);
    }
    assert.ok(await exists(path));
  }));
