import assert from "node:assert/strict";
import { join } from "node:path";
import { mergeRuns } from "../../lib/runs/merge_runs.ts";
import { planFile } from "../../lib/runs/units/stored_plan.ts";
import { analyzeRun, type AnalyzeRunOptions } from "../../lib/runs/units/analyze_run.ts";
import { filesBelow } from "../e2e/neuromfa_command.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { tinyOptions, withTinyRun } from "./tiny_run.ts";

/** Measure a part of a run of the tiny model. */
function measure(run: string, out: string, more: Partial<AnalyzeRunOptions> = {}, change = {}) {
  const options = tinyOptions({ edges: "all", minimumEdges: 4, ...change });
  return analyzeRun(run, { options }, {
    ...{ out, store: join(out, "none") },
    ...more,
  });
}

Deno.test("mergeRuns() writes the tables of one run from its parts, and removes the parts unless told to keep them", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const [one, merged, part] = ["one", "merged", "part"].map((name) => join(folder, name));
    await measure(run, one!);
    for (const index of [1, 2]) {
      const { emergence, units } = await measure(run, part!, { shard: { index, count: 2 } });
      assert.equal(emergence, null);
      assert.deepEqual(units, { total: 4, missing: 4 - 2 * index });
    }
    const [first] = await mergeRuns({ from: [part!], out: merged!, keepUnits: true });
    assert.equal(first!.plan.model, "nano-8");
    assert.deepEqual(await filesBelow(merged!), await filesBelow(one!));
    await mergeRuns({ from: [part!], out: merged!, models: ["nano-8"] });
    assert.deepEqual(await filesBelow(merged!), await filesBelow(one!));
    assert.deepEqual([...(await filesBelow(part!)).keys()], []);
  }));

Deno.test("mergeRuns() refuses parts of different runs, and folders without any", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const [a, b] = ["a", "b"].map((name) => join(folder, name));
    await measure(run, a!, { shard: { index: 1, count: 2 } });
    await measure(run, b!, { shard: { index: 2, count: 2 } }, { digits: 1 });
    const merge = (from: string[], models?: string[]) => () =>
      mergeRuns({ from, out: folder, models });
    await throwsError(
      merge([a!, b!]),
      /units of nano-8 were measured for different runs: .*plan-.* and .*plan-.* differ in digits 0 and 1; remove the one/,
    );
    await throwsError(merge([join(folder, "none")]), /no units are in .*none\/units; measure some/);
    await throwsError(merge([a!], ["nano-9"]), /nano-9 has no units in/);
    const plan = [...(await filesBelow(a!)).keys()].find((path) => path.endsWith(".json"))!;
    for (
      const [text, message] of [
        ["{", /plan-.*\.json is no JSON, perhaps cut short or damaged; remove it/],
        ["[]", /plan-.*\.json: its value is \[\], not an object; remove it/],
        ["{}", /plan-.*\.json: model is missing; remove it/],
        ['{"model":"nano-8"}', /plan-.*\.json: layers is missing; remove it/],
      ] as const
    ) {
      await Deno.writeTextFile(join(a!, plan), text);
      await throwsError(merge([a!]), message);
    }
  }));

Deno.test("mergeRuns() refuses a plan that was changed, and writes nothing outside its folder", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const part = join(folder, "part"), out = join(folder, "a/b/out");
    await measure(run, part, { shard: { index: 1, count: 1 } });
    const units = join(part, "units", "nano-8");
    const path = join(units, [...(await filesBelow(units)).keys()].find((n) => /^plan/.test(n))!);
    const text = await Deno.readTextFile(path);
    const before = [...(await filesBelow(folder)).keys()];
    const plan = JSON.parse(text);
    const nodes = { ...plan.nodes, model: "../../../escaped" };
    const changes = [
      { ...plan, nodes },
      { ...plan, layers: plan.layers.with(0, { ...plan.layers[0], role: "x" }) },
      { ...plan, layers: plan.layers.with(0, { ...plan.layers[0], size: 9 }) },
      { ...plan, emergence: { ...plan.emergence, threshold: 1 } },
    ];
    for (const changed of changes) {
      await Deno.writeTextFile(path, JSON.stringify(changed));
      await throwsError(
        () => mergeRuns({ from: [part], out }),
        /plan-.*\.json(: nodes\.model is "\.\.\/.*, not "nano-8"| was changed since it was written)/,
      );
    }
    // One with a digest to match is still no plan of the model.
    for (const own of [{ nodes }, { emergence: { ...plan.emergence, model: "other" } }]) {
      const changed = { ...plan, ...own };
      await Deno.remove(join(units, planFile(plan))).catch(() => {});
      const forged = join(units, planFile(changed));
      await Deno.writeTextFile(forged, JSON.stringify(changed));
      await throwsError(() => mergeRuns({ from: [part], out }), /model is ".*", not "nano-8"/);
      await Deno.remove(forged);
    }
    await Deno.writeTextFile(path, text);
    assert.deepEqual([...(await filesBelow(folder)).keys()], before);
    for (const model of ["../nano-8", "..", "", "a/b"]) {
      await throwsError(
        () => mergeRuns({ from: [part], out, models: [model] }),
        /^the model's name ".*" cannot name a file or folder/,
      );
    }
    await mergeRuns({ from: [part], out });
  }));

Deno.test("units that are kept serve a run of more steps and more samples", () =>
  withTinyRun([0, 4, 8], ({ run }) =>
    withFolder(async (out) => {
      await measure(run, out, { steps: [0, 4], keepUnits: true });
      const told: number[] = [];
      await measure(run, out, { onNetwork: (measured) => told.push(measured) }, { samples: 3 });
      // Two samples of two steps of nine.
      assert.deepEqual(told, [4, 5, 6, 7, 8, 9]);
      await measure(run, join(out, "anew"), {}, { samples: 3 });
      const anew = await filesBelow(join(out, "anew"));
      for (const [path, bytes] of anew) {
        assert.deepEqual(await Deno.readFile(join(out, path)), bytes);
      }
    })));
