import assert from "node:assert/strict";
import { join } from "node:path";
import { type AnalysisOptions, analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { measureUnits } from "../../../lib/runs/units/measure_units.ts";
import { planRun } from "../../../lib/runs/units/plan_run.ts";
import { unitsOf } from "../../../lib/runs/units/run_plan.ts";
import { type Unit, unitName } from "../../../lib/runs/units/unit.ts";
import { encodeUnit } from "../../../lib/runs/units/unit_file.ts";
import { UnitStore } from "../../../lib/runs/units/unit_store.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { tinyOptions, withTinyRun } from "../tiny_run.ts";

/** A planned run of the tiny model, and what measures it. */
async function planned(
  run: string,
  folder: string,
  options: AnalysisOptions = tinyOptions({ edges: "all" }),
) {
  const { plan, source, place } = await planRun(
    run,
    { options, tables: "emergence" },
    { store: join(folder, "none") },
  );
  const store = new UnitStore(folder, plan);
  const done: string[] = [];
  const onUnit = (unit: Unit) => void done.push(unitName(unit));
  const measure = (units: readonly Unit[], more: object = {}) =>
    measureUnits(units, { plan, source, place, store, onUnit, workers: 1, cores: 2, ...more });
  return { units: unitsOf(plan), source, store, done, measure };
}

Deno.test("measureUnits() measures the units given, each once, and brings those of a step together", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const { units, source, store, done, measure } = await planned(run, folder);
    const brought: number[] = [];
    const bring = source.bring.bind(source);
    source.bring = (some, choices) => {
      brought.push(some.length);
      return bring(some, choices);
    };
    await measure(units.slice(1));
    assert.deepEqual(done, ["step 0 sample 1", "step 4 sample 0", "step 4 sample 1"]);
    assert.deepEqual(brought, [1, 2]);
    assert.deepEqual(await Promise.all(units.map((unit) => store.has(unit))), [
      ...[false, true, true, true],
    ]);
  }));

Deno.test("measureUnits() measures layers that are soon done together, and claims a task while another is measured", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const full = analysisOptions({ network: "full" });
    const { units, source, store, done, measure } = await planned(run, folder, full);
    const layers = units.length / 2;
    assert.ok(layers > 2);
    const brought: number[] = [];
    source.bring = (some) => {
      brought.push(some.length);
      return Promise.resolve();
    };
    const taken = Promise.withResolvers<void>();
    const claim = store.claim.bind(store);
    store.claim = (unit, options) => {
      if (unit === units.at(-1)) taken.resolve();
      return claim(unit, options);
    };
    // The first unit is done only when the last one is claimed.
    const check = source.check.bind(source);
    source.check = (unit) => taken.promise.then(() => check(unit));
    await measure(units);
    assert.deepEqual(brought, [layers, layers]);
    assert.equal(done.length, units.length);
  }));

Deno.test("measureUnits() measures the samples of a step in one task where all edges are kept, since its file is read once", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const { units, source, done, measure } = await planned(run, folder);
    const together: number[] = [];
    const own = source.measure.bind(source);
    source.measure = (some, choices) => {
      together.push(some.length);
      return own(some, choices);
    };
    await measure(units, { workers: undefined });
    assert.deepEqual(together, [2, 2]);
    assert.equal(done.length, 4);
  }));

/** How many workers are started where their number is left open and each unit takes so many milliseconds. */
async function workersFor(milliseconds: readonly number[]): Promise<number> {
  let started = 0;
  await withTinyRun([0, 4], async ({ run, folder }) => {
    const { units, measure } = await planned(run, folder);
    const { Worker, performance } = globalThis;
    const times = [...milliseconds];
    let now = 0;
    const clock = { now: () => now };
    const onUnit = () => now += times.shift() ?? 0;
    globalThis.Worker = class {
      constructor() {
        started++;
        throw new Error("a worker starts");
      }
    } as unknown as typeof Worker;
    Object.defineProperty(globalThis, "performance", { configurable: true, value: clock });
    try {
      await measure(units, { workers: undefined, onUnit });
    } catch (error) {
      assert.match(`${error}`, /a worker starts/);
    } finally {
      globalThis.Worker = Worker;
      Object.defineProperty(globalThis, "performance", { configurable: true, value: performance });
    }
  });
  return started;
}

Deno.test("measureUnits() starts workers by itself where a second unit takes long too, or the first takes very long", async () => {
  assert.equal(await workersFor([900, 10, 10, 10]), 0);
  assert.equal(await workersFor([900, 600, 600, 600]), 1);
  assert.equal(await workersFor([1100]), 1);
});

Deno.test("measureUnits() leaves a unit that is claimed until the claim ends, and takes what is there then", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const { units, store, done, measure } = await planned(run, folder);
    const [first, second] = units;
    const dies = (await store.claim(first!))!;
    const finishes = (await store.claim(second!))!;
    const running = measure(units);
    while (done.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(done, ["step 4 sample 0", "step 4 sample 1"]);
    // One process ends with its unit written and one without.
    await store.write(second!, encodeUnit(store.key(second!), "written elsewhere"));
    dies[Symbol.dispose]();
    finishes[Symbol.dispose]();
    await running;
    assert.deepEqual(done.slice(2).sort(), ["step 0 sample 0", "step 0 sample 1"]);
    assert.equal(await store.has(first!), true);
    assert.equal(await store.read(second!), "written elsewhere");
  }));

Deno.test("measureUnits() stops between two units at a signal, and keeps those that are done", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const { units, store, measure } = await planned(run, folder);
    const stop = new AbortController();
    const onUnit = () => stop.abort(new Error("enough"));
    await assert.rejects(() => measure(units, { signal: stop.signal, onUnit }), /enough/);
    const there = await Promise.all(units.map((unit) => store.has(unit)));
    assert.deepEqual(there, [true, false, false, false]);
    await assert.rejects(() => measure(units, { signal: stop.signal }), /enough/);
    // Its claims are gone with it.
    const { done, measure: again } = await planned(run, folder);
    await again(units.slice(1));
    assert.equal(done.length, 3);
  }));

Deno.test("measureUnits() refuses a checkpoint that was replaced since the plan was made", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const { units, store, measure } = await planned(run, folder);
    const path = join(run, "step4", "model.safetensors");
    const bytes = await Deno.readFile(path);
    bytes[bytes.length - 1]! ^= 64;
    await Deno.writeFile(path, bytes);
    for (const workers of [1, 2]) {
      await throwsError(
        () => measure(units.slice(2), { workers }),
        /step4 changed while it was measured; run again when it is complete/,
      );
    }
    assert.equal(await store.has(units[2]!), false);
  }));
