import assert from "node:assert/strict";
import { join } from "node:path";
import { analyzeRun } from "../../../lib/runs/units/analyze_run.ts";
import { filesBelow } from "../../e2e/neuromfa_command.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { tinyOptions, withTinyRun } from "../tiny_run.ts";

/** The files of the results but for the units. */
async function tablesBelow(out: string): Promise<Map<string, Uint8Array>> {
  return new Map([...await filesBelow(out)].filter(([path]) => !path.startsWith("units")));
}

Deno.test("a table of nodes that cannot be written leaves no table of E either", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const out = join(folder, "out"),
      last = join(out, "nfd/nano-8/nfd_evolution_nano-8_sample1.csv");
    const analyze = (change: object = {}) => {
      const options = tinyOptions({ edges: "all", minimumEdges: 4, ...change });
      return analyzeRun(run, { options }, { out, store: join(out, "none") });
    };
    await Deno.mkdir(last, { recursive: true });
    await throwsError(
      analyze,
      /nfd_evolution_nano-8_sample1\.csv cannot be written: a folder is in/,
    );
    assert.deepEqual(await tablesBelow(out), new Map());
    await Deno.remove(last);
    await analyze();
    const before = await tablesBelow(out);
    assert.equal(before.size, 4 + 2 * 3 + 1);
    await Deno.remove(last);
    await Deno.mkdir(last);
    await throwsError(() => analyze({ digits: 1 }), /a folder is in its place/);
    before.delete("nfd/nano-8/nfd_evolution_nano-8_sample1.csv");
    assert.deepEqual(await tablesBelow(out), before);
  }));

Deno.test("a model whose neurons can have no dimension gets all tables", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const out = join(folder, "out"), options = tinyOptions({ edges: "all", minimumEdges: 99 });
    const { nodes } = await analyzeRun(run, { options }, { out, store: join(out, "none") });
    assert.deepEqual(nodes!.evolution.map((rows) => rows.map(({ count }) => count)), [[0, 0], [
      0,
      0,
    ]]);
    assert.equal((await tablesBelow(out)).size, 11);
  }));
