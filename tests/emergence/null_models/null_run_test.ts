import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import type { CheckpointRun } from "../../../lib/checkpoints/checkpoint.ts";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { nullCheckpoint } from "../../../lib/emergence/null_models/null_checkpoint.ts";
import { NULL_KINDS, type NullKind } from "../../../lib/options/measuring_options.ts";
import { nullRun } from "../../../lib/emergence/null_models/null_run.ts";
import { measureNfd } from "../../../lib/nfd/nfd.ts";
import { fullNetworkMasses } from "../../../lib/networks/full/full_network_masses.ts";
import { growBoxes } from "../../../lib/networks/grow_boxes.ts";
import { sampleNetworks } from "../../../lib/networks/sample_networks.ts";
import { familyCheckpoint } from "./families.ts";

const kinds = Object.keys(NULL_KINDS) as NullKind[];
const none = { draw: 0, seed: 0 };

Deno.test("sampled networks, full networks and node fractal dimensions are taken of every null model", async () => {
  const run = await openRun("suite:nano-64");
  for (const kind of kinds) {
    const nulled = nullRun(run, { kind, ...none });
    const checkpoint = await nulled.checkpoint(4096);
    const full = await fullNetworkMasses(checkpoint, detectArchitecture(checkpoint));
    assert.equal(full.masses.nodes, 4 * 10 * 64, kind);
    for await (const { network, digest } of sampleNetworks(nulled, { samples: 1, steps: [4096] })) {
      assert.equal(digest, await checkpoint.digest());
      assert.notEqual(digest, await (await run.checkpoint(4096)).digest());
      assert.ok(growBoxes(network).selected.length > 500, kind);
      assert.ok(measureNfd(network).some(({ value }) => value > 0), kind);
    }
  }
});

Deno.test("a step of a null run is the null model of that step, and a permutation is the same at each step", async () => {
  const run = await openRun("suite:nano-64");
  const nulled = nullRun(run, { kind: "permute", draw: 3, seed: 4 });
  const name = "gpt_neox.layers.1.mlp.dense_h_to_4h.weight";
  const places: Map<number, number>[] = [];
  for (const step of [0, 512]) {
    const checkpoint = await run.checkpoint(step);
    const own = nullCheckpoint(checkpoint, detectArchitecture(checkpoint), {
      ...{ kind: "permute", draw: 3, seed: 4 },
    });
    const permuted = await (await nulled.checkpoint(step)).read(name);
    assert.deepEqual(permuted, await own.read(name));
    const before = decodeValues(await checkpoint.read(name));
    const times = new Map<number, number>();
    for (const value of before) times.set(value, (times.get(value) ?? 0) + 1);
    const from = new Map(before.entries().map(([place, value]) => [value, place]));
    // Values that occur once tell where each came from.
    const once = decodeValues(permuted).entries().filter(([, value]) => times.get(value) === 1);
    places.push(new Map(once.map(([place, value]) => [place, from.get(value)!])));
  }
  const both = [...places[0]!].filter(([place]) => places[1]!.has(place));
  assert.ok(both.length > 300, `${both.length}`);
  for (const [place, from] of both) assert.equal(places[1]!.get(place), from);
});

Deno.test('"rescale" takes the weights of step 0 and leaves step 0 as it is', async () => {
  const run = await openRun("suite:nano-64");
  const nulled = nullRun(run, { kind: "rescale", ...none });
  const name = "gpt_neox.layers.3.attention.dense.weight";
  const untrained = decodeValues(await (await run.checkpoint(0)).read(name));
  assert.deepEqual(decodeValues(await (await nulled.checkpoint(0)).read(name)), untrained);
  const trained = decodeValues(await (await run.checkpoint(4096)).read(name));
  const factor = Math.hypot(...trained) / Math.hypot(...untrained);
  const rescaled = decodeValues(await (await nulled.checkpoint(4096)).read(name));
  assert.ok(factor > 1.1 || factor < 0.9, `${factor}`);
  rescaled.forEach((value, i) =>
    assert.ok(Math.abs(value - factor * untrained[i]!) <= 1e-6 * Math.abs(value))
  );
});

Deno.test("a null run keeps names, steps and warnings, and lists digests that are its own", async () => {
  const run: CheckpointRun = {
    ...{ model: "toy", source: "memory", steps: [0, 8], warnings: ["Beware."] },
    listedDigests: () => Promise.resolve(["aa", "bb"]),
    checkpoint: () => Promise.resolve(familyCheckpoint("gpt2")),
  };
  const nulled = nullRun(run, { kind: "permute", draw: 2, seed: 5 });
  assert.deepEqual([nulled.model, nulled.steps, nulled.warnings], ["toy", [0, 8], ["Beware."]]);
  assert.equal(nulled.source, "memory (null model permute, draw 2, seed 5)");
  const listed = await nulled.listedDigests!(0);
  assert.equal(new Set(["aa", "bb", ...listed]).size, 4);
  const { listedDigests: _, ...plain } = run;
  assert.equal(nullRun(plain, { kind: "permute", ...none }).listedDigests, undefined);
});

Deno.test("nullRun() refuses rescaling without a step 0, and unknown options", async () => {
  const run = { ...await openRun("suite:nano-64"), steps: [512] };
  assert.throws(
    () => nullRun(run, { kind: "rescale", ...none }),
    /takes its weights from step 0, which nano-64 lacks; add the checkpoint of step 0/,
  );
  const options = { kind: "permute", ...none, draws: 3 } as const;
  assert.throws(() => nullRun(run, options), /no option "draws"; did you mean "draw"/);
});
