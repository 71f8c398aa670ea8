import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { exists } from "../../../lib/files/list_files.ts";
import { unitsOf } from "../../../lib/runs/units/run_plan.ts";
import { DamagedUnit, memoryStore, UnitStore } from "../../../lib/runs/units/unit_store.ts";
import { encodeUnit } from "../../../lib/runs/units/unit_file.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { planOf } from "./plans.ts";

const plan = planOf([0, 8], [1, 1]);
const units = unitsOf(plan);

Deno.test("a unit that was written is there and is read as it was; others are not there", () =>
  withFolder(async (out) => {
    const store = new UnitStore(out, plan);
    await store.write(units[2]!, encodeUnit(store.key(units[2]!), { edges: 3 }));
    assert.deepEqual(await Promise.all(units.map((unit) => store.has(unit))), [
      ...[false, false, true, false],
    ]);
    assert.deepEqual(await store.read(units[2]!), { edges: 3 });
    assert.equal(await store.read(units[0]!), null);
    assert.match(store.path(units[2]!), /units\/toy\/step8\/layer0-[0-9a-f]{16}\.safetensors$/);
  }));

Deno.test("a unit of another checkpoint, other choices, another version or a null model is another unit", () => {
  const store = new UnitStore("out", plan), [unit] = units;
  const others = [
    store.path({ ...unit!, sha256: "f".repeat(64) }),
    store.path({ ...unit!, nullModel: { kind: "permute", draw: 0, seed: 1 } }),
    new UnitStore("out", { ...plan, versions: { neuromfa: "1" } }).path(unit!),
    new UnitStore("out", { ...plan, choices: { ...plan.choices, layers: [0] } }).path(unit!),
  ];
  assert.equal(new Set([store.path(unit!), ...others]).size, 5);
  assert.match(others[1]!, /layer0-permute0-/);
});

Deno.test("a file that is cut or of something else is refused by its name", () =>
  withFolder(async (out) => {
    const store = new UnitStore(out, plan), [unit, other] = units;
    const bytes = encodeUnit(store.key(unit!), { edges: Float64Array.of(1, 2, 3) });
    await store.write(unit!, bytes.subarray(0, bytes.length - 8));
    await store.write(other!, bytes);
    for (const bad of [unit!, other!]) {
      for (const look of [() => store.has(bad), () => store.read(bad)]) {
        await assert.rejects(look, (error) => {
          assert.ok(error instanceof DamagedUnit);
          assert.equal(error.path, store.path(bad));
          return error.message.includes(error.path);
        });
      }
    }
  }));

Deno.test("a disk that is full stops the run in a sentence that says what to do, and leaves no part of a file", () =>
  withFolder(async (out) => {
    const store = new UnitStore(out, plan);
    const { writeFile } = Deno;
    Deno.writeFile = async (path, data, options) => {
      await writeFile(path, (data as Uint8Array).subarray(0, 100), options);
      throw Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" });
    };
    try {
      await assert.rejects(
        store.write(units[0]!, encodeUnit(store.key(units[0]!), {})),
        /step0\/layer0-.*\.safetensors cannot be written: the disk is full; make room and start again; units that are there are not/,
      );
    } finally {
      Deno.writeFile = writeFile;
    }
    assert.equal(await store.has(units[0]!), false);
    const left = await Array.fromAsync(Deno.readDir(dirname(store.path(units[0]!))));
    assert.deepEqual(left, []);
  }));

Deno.test("a folder in a unit's place is damage, and a unit that is written takes its place", () =>
  withFolder(async (out) => {
    const store = new UnitStore(out, plan), path = store.path(units[0]!);
    await Deno.mkdir(join(path, "in it"), { recursive: true });
    await assert.rejects(store.has(units[0]!), DamagedUnit);
    await assert.rejects(store.read(units[0]!), DamagedUnit);
    await store.write(units[0]!, encodeUnit(store.key(units[0]!), { edges: 3 }));
    assert.deepEqual(await store.read(units[0]!), { edges: 3 });
  }));

Deno.test("tidy() removes claims and half files, and leaves units and plan", () =>
  withFolder(async (out) => {
    const store = new UnitStore(out, plan);
    const held = await store.claimFolder();
    await store.writePlan();
    await store.write(units[0]!, encodeUnit(store.key(units[0]!), {}));
    const left = [
      ".plan.x.partial",
      "step0/.layer0.x.partial",
      "step0/layer1.lock",
      "step8/.a.partial",
    ];
    for (const path of left) {
      await Deno.mkdir(dirname(join(store.folder, path)), { recursive: true });
      await Deno.writeTextFile(join(store.folder, path), "");
    }
    const elsewhere = await store.claimFolder();
    await store.tidy(held);
    assert.equal(await exists(join(store.folder, left[0]!)), true);
    await store.tidy(elsewhere);
    const names = (folder: string) => Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    assert.deepEqual((await names(store.folder)).map((name) => name.slice(0, 5)).sort(), [
      ...["plan-", "step0"],
    ]);
    assert.equal((await names(join(store.folder, "step0"))).length, 1);
    assert.equal(await store.has(units[0]!), true);
  }));

Deno.test("tidy() of all units leaves nothing of the plan, and all of other plans", () =>
  withFolder(async (out) => {
    const store = new UnitStore(out, plan);
    const other = new UnitStore(out, { ...plan, versions: { neuromfa: "1" } });
    await store.writePlan();
    for (const unit of units) await store.write(unit, encodeUnit(store.key(unit), {}));
    await other.write(units[0]!, encodeUnit(other.key(units[0]!), {}));
    await Deno.writeTextFile(join(store.folder, "step8", ".layer0.x.partial"), "");
    await store.tidy(await store.claimFolder(), units);
    assert.equal(await other.has(units[0]!), true);
    const names = await Array.fromAsync(Deno.readDir(store.folder), ({ name }) => name);
    assert.deepEqual(names.filter((name) => !name.endsWith(".lock")), ["step0"]);
    await other.tidy(undefined, units);
    assert.equal(await exists(join(out, "units")), false);
  }));

Deno.test("tidy() removes nothing while somebody else is at work there", () =>
  withFolder(async (out) => {
    const store = new UnitStore(out, plan);
    const elsewhere = await store.claimFolder();
    await store.write(units[0]!, encodeUnit(store.key(units[0]!), {}));
    await store.tidy(await store.claimFolder(), units);
    assert.equal(await store.has(units[0]!), true);
    await store.tidy(elsewhere, units);
    assert.equal(await exists(store.folder), false);
  }));

const twoSamples = planOf([0, 8], [5, 6]);
const itsUnits = unitsOf(twoSamples);

Deno.test("a unit in memory is there once it is written, and read as it was", async () => {
  const store = memoryStore(twoSamples);
  const value = { edges: Float64Array.of(1, 2, 3), status: "ok" };
  await store.write(itsUnits[2]!, encodeUnit(store.key(itsUnits[2]!), value));
  assert.deepEqual(await Promise.all(itsUnits.map((unit) => store.has(unit))), [
    ...[false, false, true, false],
  ]);
  assert.deepEqual(await store.readMeasured(itsUnits[2]!), value);
  assert.equal(await store.readMeasured(itsUnits[0]!), null);
  await store.write(itsUnits[2]!, encodeUnit(store.key(itsUnits[2]!), { edges: 3 }));
  assert.deepEqual(await store.readMeasured(itsUnits[2]!), { edges: 3 });
});

Deno.test("two steps of the same weights have units of their own in memory", async () => {
  const { sha256 } = twoSamples.checkpoints[0]!;
  const twice = { ...twoSamples, checkpoints: [0, 8].map((step) => ({ step, sha256 })) };
  const store = memoryStore(twice), [first, , second] = unitsOf(twice);
  assert.equal(store.key(first!), store.key(second!));
  await store.write(first!, encodeUnit(store.key(first!), { edges: 1 }));
  assert.equal(await store.has(second!), false);
  await store.write(second!, encodeUnit(store.key(second!), { edges: 2 }));
  assert.deepEqual(await store.readMeasured(first!), { edges: 1 });
});

Deno.test("a unit of another part or a null model is another unit in memory, which messages name", async () => {
  const store = memoryStore(twoSamples), [unit] = itsUnits;
  await store.write(unit!, encodeUnit(store.key(unit!), { edges: 1 }));
  const drawn = { ...unit!, nullModel: { kind: "permute", draw: 0, seed: 1 } as const };
  assert.equal(await store.has(drawn), false);
  assert.equal(await store.has({ ...unit!, part: { kind: "layer", index: 1 } }), false);
  assert.equal(store.path(itsUnits[3]!), "step 8 layer 1");
  assert.equal(store.path(drawn), "step 0 layer 0 of permute draw 0");
});

Deno.test("every claim on a unit in memory is had, since nobody else measures there", async () => {
  const store = memoryStore(twoSamples);
  using first = await store.claim(itsUnits[0]!);
  using second = await store.claim(itsUnits[0]!);
  assert.ok(first !== null && second !== null);
});
