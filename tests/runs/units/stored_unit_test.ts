import assert from "node:assert/strict";
import { join } from "node:path";
import { mergeRuns } from "../../../lib/runs/merge_runs.ts";
import { analyzeRun } from "../../../lib/runs/units/analyze_run.ts";
import { decodeUnit, encodeUnit } from "../../../lib/runs/units/unit_file.ts";
import { filesBelow } from "../../helpers/hub_run.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { tinyOptions, withTinyRun } from "../tiny_run.ts";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";

/** A unit's file with another value in it, under a digest that fits. */
async function change(path: string, change: (value: Record<string, unknown>) => unknown) {
  const bytes = await Deno.readFile(path);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const { key } = JSON.parse(header).__metadata__;
  const value = change(decodeUnit(bytes, key, path) as Record<string, unknown>);
  await Deno.writeFile(path, encodeUnit(key, value));
}

for (
  const [options, cases] of [
    [tinyOptions({ edges: "all" }), [
      [() => null, /unit|value/],
      [() => 5, /its value is 5, not an object/],
      [(value) => ({ ...value, nodes: null }), /nodes is null, not an object/],
      [(value) => ({ ...value, spectrum: {} }), /spectrum/],
      [({ nodes, ...rest }) => ({
        ...rest,
        nodes: { ...nodes as object, values: Float64Array.of(NaN) },
      }), /nodes\.values is \{…\}, not a list of finite doubles/],
      [({ nodes, ...rest }) => ({
        ...rest,
        nodes: { ...nodes as object, edges: new Uint32Array(1) },
      }), /nodes: edges has 1 entries, but .* has \d+/],
    ]],
    [analysisOptions({ network: "full", threshold: 150 }), [
      [({ q: _, ...rest }) => rest, /q is missing/],
      [(value) => ({ ...value, powers: new Float64Array(1) }), /powers has 1 entries/],
      [(value) => ({ ...value, dimensions: null }), /dimensions is null, not an object/],
    ]],
  ] as const satisfies readonly (readonly [
    unknown,
    readonly (readonly [(value: Record<string, unknown>) => unknown, RegExp])[],
  ])[]
) {
  const what = "samples" in options ? "sample" : "layer";
  Deno.test(`a unit of a ${what} that holds something else is refused by file and key`, () =>
    withTinyRun([0, 4], async ({ run, folder }) => {
      const out = join(folder, "part"), store = join(folder, "none");
      await analyzeRun(run, { options }, { out, store, keepUnits: true });
      const path = (await filesBelow(out)).find((file) => file.includes(`step4/${what}0`))!;
      const sound = await Deno.readFile(join(out, path));
      for (const [damage, message] of cases) {
        await Deno.writeFile(join(out, path), sound);
        await change(join(out, path), damage);
        const merge = mergeRuns({ from: [out], out: join(folder, "merged"), keepUnits: true });
        await throwsError(() => merge, message);
      }
      // A whole run measures it again.
      const { emergence } = await analyzeRun(run, { options }, { out, store });
      assert.equal(emergence!.tables.emergence.length, 2);
    }));
}
