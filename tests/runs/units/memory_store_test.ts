import assert from "node:assert/strict";
import { memoryStore } from "../../../lib/runs/units/memory_store.ts";
import { unitsOf } from "../../../lib/runs/units/run_plan.ts";
import { encodeUnit } from "../../../lib/runs/units/unit_file.ts";
import { planOf } from "./plans.ts";

const plan = planOf([0, 8], [5, 6]);
const units = unitsOf(plan);

Deno.test("a unit in memory is there once it is written, and read as it was", async () => {
  const store = memoryStore(plan);
  const value = { edges: Float64Array.of(1, 2, 3), status: "ok" };
  await store.write(units[2]!, encodeUnit(store.key(units[2]!), value));
  assert.deepEqual(await Promise.all(units.map((unit) => store.has(unit))), [
    ...[false, false, true, false],
  ]);
  assert.deepEqual(await store.readMeasured(units[2]!), value);
  assert.equal(await store.readMeasured(units[0]!), null);
  await store.write(units[2]!, encodeUnit(store.key(units[2]!), { edges: 3 }));
  assert.deepEqual(await store.readMeasured(units[2]!), { edges: 3 });
});

Deno.test("two steps of the same weights have units of their own in memory", async () => {
  const { sha256 } = plan.checkpoints[0]!;
  const twice = { ...plan, checkpoints: [0, 8].map((step) => ({ step, sha256 })) };
  const store = memoryStore(twice), [first, , second] = unitsOf(twice);
  assert.equal(store.key(first!), store.key(second!));
  await store.write(first!, encodeUnit(store.key(first!), { edges: 1 }));
  assert.equal(await store.has(second!), false);
  await store.write(second!, encodeUnit(store.key(second!), { edges: 2 }));
  assert.deepEqual(await store.readMeasured(first!), { edges: 1 });
});

Deno.test("a unit of another part or a null model is another unit in memory, which messages name", async () => {
  const store = memoryStore(plan), [unit] = units;
  await store.write(unit!, encodeUnit(store.key(unit!), { edges: 1 }));
  const drawn = { ...unit!, nullModel: { kind: "permute", draw: 0, seed: 1 } as const };
  assert.equal(await store.has(drawn), false);
  assert.equal(await store.has({ ...unit!, part: { kind: "layer", index: 1 } }), false);
  assert.equal(store.path(units[3]!), "step 8 layer 1");
  assert.equal(store.path(drawn), "step 0 layer 0 of permute draw 0");
});

Deno.test("every claim on a unit in memory is had, since nobody else measures there", async () => {
  const store = memoryStore(plan);
  using first = await store.claim(units[0]!);
  using second = await store.claim(units[0]!);
  assert.ok(first !== null && second !== null);
});
