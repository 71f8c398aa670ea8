import assert from "node:assert/strict";
import { measure } from "../../../mod.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import type { GivenFile } from "../../../lib/checkpoints/open_files.ts";
import { type Hand, pageHand, parts, Stopped } from "../../../lib/explorer/engine/crew.ts";
import { ExplorerEngine } from "../../../lib/explorer/engine/explorer_engine.ts";
import { checkSettings, readState } from "../../../lib/explorer/explorer_state.ts";

const suite = new URL("../../../data/suite/", import.meta.url);

/** The files of some steps of a bundled model, as a page gets them. */
async function filesOf(model: string, steps: readonly number[]): Promise<GivenFile[]> {
  const names = steps.flatMap((step) =>
    ["model.safetensors", "config.json"].map((name) => `step${step}/${name}`)
  );
  return await Promise.all([...names, "scores.csv"].map(async (name) => ({
    path: `${model}/${name}`,
    data: new Blob([await Deno.readFile(new URL(`${model}/${name}`, suite))]),
  })));
}

async function engineOf(model: string, steps: readonly number[]): Promise<ExplorerEngine> {
  const engine = new ExplorerEngine(pageHand, 2);
  await engine.open({ kind: "files", files: await filesOf(model, steps) });
  return engine;
}

const hashes = [
  "#samples=5",
  "#samples=2&threshold=40&q=-2:2:0.2",
  "#samples=2&threshold=2.8m&convention=reference",
  "#samples=2&radii=5:150&alpha0=argmax&edges=sampled&layer_sample=16",
  "#samples=2&null=permute&null_draws=2&null_seed=3",
];

for (const hash of hashes) {
  Deno.test(`the explorer has the numbers of measure(), to the last digit: ${hash}`, async () => {
    const steps = [0, 128, 4096], state = readState(hash), options = checkSettings(state);
    const engine = await engineOf("nano-32", steps);
    await engine.sample(options);
    const found = await engine.measure(options);
    const { steps: _, ...given } = state;
    const wanted = await measure(await openRun("suite:nano-32"), { ...given, steps } as never);
    assert.deepEqual(plain(found.emergence), plain(wanted.emergence));
    assert.deepEqual(plain(found.samples), plain(wanted.samples));
    assert.deepEqual(plain(found.spectra), plain(wanted.spectra));
    assert.equal(found.threshold, wanted.record.threshold);
    engine.stop();
  });
}

/** Rows without prototypes. */
function plain(rows: readonly object[]): object[] {
  return rows.map((row) => ({ ...row }));
}

Deno.test("another threshold is fitted without reading anything, and other samples are read", async () => {
  const engine = await engineOf("nano-32", [0, 4096]);
  const first = checkSettings(readState("#samples=2")), other = { ...first, threshold: 60 };
  assert.equal(engine.needsSampling(first), true);
  const told: number[][] = [];
  await engine.sample(first, undefined, { onProgress: (done, total) => told.push([done, total]) });
  assert.deepEqual(told.at(-1), [4, 4]);
  assert.equal(engine.needsSampling(other), false);
  assert.equal(engine.needsSampling({ ...first, samples: 3 }), true);
  const [a, b] = [await engine.measure(first), await engine.measure(other)];
  assert.notEqual(a.emergence.at(-1)!.E, b.emergence.at(-1)!.E);
  assert.deepEqual(await engine.emergenceAt(first, 60), b.emergence.map((row) => ({ ...row })));
});

Deno.test("one network is given with its masses, its fits and its links", async () => {
  const engine = await engineOf("nano-32", [0, 4096]);
  const options = checkSettings(readState("#samples=2"));
  await engine.sample(options);
  const place = { step: 4096, sample: 1 };
  const detail = await engine.detail(options, place);
  assert.equal(detail!.partition!.q.length, 61);
  assert.equal(await engine.detail(options, { step: 7, sample: 0 }), null);
  assert.ok((await engine.graph(options, place))!.links.length > 3);
  assert.deepEqual((await engine.nfd(options, 0)).map(({ step }) => step), [0, 4096]);
});

Deno.test("steps that hold the same weights are refused by name, also where two hands read them", async () => {
  const files = await filesOf("nano-32", [0, 128]);
  const again = files.filter(({ path }) => path.includes("step128"))
    .map(({ path, data }) => ({ path: path.replace("step128", "step256"), data }));
  const engine = new ExplorerEngine(pageHand, 3);
  await engine.open({ kind: "files", files: [...files, ...again] });
  await assert.rejects(engine.sample(checkSettings(readState("#samples=1"))), /128 and 256/);
});

Deno.test("what is under way ends when the engine is stopped", async () => {
  const hands: Hand[] = [];
  const engine = new ExplorerEngine(() => {
    hands.push(pageHand());
    return hands.at(-1)!;
  }, 1);
  await engine.open({ kind: "files", files: await filesOf("nano-32", [0, 128]) });
  const onProgress = () => engine.stop();
  const options = checkSettings(readState("#samples=3"));
  await assert.rejects(engine.sample(options, undefined, { onProgress }), Stopped);
  assert.throws(() => engine.needsSampling(options), /no model is open/);
});

Deno.test("parts of a list have all of it in order", () => {
  assert.deepEqual(parts([1, 2, 3, 4, 5], 2), [[1, 2, 3], [4, 5]]);
  assert.deepEqual(parts([1, 2], 5), [[1], [2]]);
  assert.deepEqual(parts([], 3), [[]]);
});
