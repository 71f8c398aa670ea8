import assert from "node:assert/strict";
import { openRun } from "../../mod.ts";
import { weightLaws } from "../../lib/emergence/weight_laws.ts";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { memoryCheckpoint } from "../helpers/memory_checkpoint.ts";
import { normals } from "../golden/seeded_normals.ts";

const lengths = { threshold: 150, digits: 0 };

Deno.test("query, key and value are laws of their own, with the edges that a sampled neuron has to each", async () => {
  const checkpoint = await (await openRun("suite:nano-64")).checkpoint(0);
  const { laws, neurons, kinds } = await weightLaws(checkpoint, {
    edges: "sampled",
    layerSample: 8,
  });
  const first = laws.filter(({ block }) => block === 0);
  assert.deepEqual(first.map(({ edges, part }) => [edges, part]), [
    ...[[8, 0], [8, 1], [8, 2], [8, 0], [16, 0], [8, 0]],
  ]);
  assert.deepEqual(neurons.slice(0, 5).map(({ neurons }) => neurons), [8, 24, 8, 8, 16]);
  assert.deepEqual(
    kinds(lengths).slice(0, 4).map(({ neurons, edges }) => [neurons, edges.length]),
    [[8, 3], [8, 1], [8, 1], [16, 1]],
  );
  const full = await weightLaws(checkpoint, { network: "full" });
  assert.deepEqual(full.laws.slice(0, 4).map(({ edges }) => edges), [64, 64, 64, 64]);
  assert.equal(full.neurons[0]!.neurons, 64);
});

Deno.test("a law has the root mean square and the lengths of its weights, times a scale", async () => {
  const checkpoint = memoryCheckpoint(
    { "layers.0.weight": [24, 16], "layers.1.weight": [12, 24] },
    "F64",
    null,
    (values, name) => {
      values.set(normals(name, values.length));
    },
  );
  const { laws: [law] } = await weightLaws(checkpoint, { layerSample: 8 });
  const values = decodeValues(await checkpoint.read("layers.0.weight"));
  const squares = values.reduce((sum, w) => sum + w * w, 0);
  assert.ok(Math.abs(law!.sigma - Math.sqrt(squares / values.length)) < 1e-7);
  const share = (scale: number) =>
    values.filter((w) => Math.abs(w * scale) < 1 && Math.abs(w * scale) >= 1 / 150).length /
    values.length;
  for (const scale of [1, 0.1]) {
    const sum = law!.lengths(lengths, scale).within.reduce((sum, p) => sum + p, 0);
    assert.ok(Math.abs(sum - share(scale)) < 1e-12, `${scale}: ${sum}`);
  }
});

Deno.test("some rows are enough for a deviation, and are spread over the tensor", async () => {
  const checkpoint = await (await openRun("suite:nano-64")).checkpoint(0);
  const [all, some] = await Promise.all([
    weightLaws(checkpoint, { distribution: "gaussian" }),
    weightLaws(checkpoint, { distribution: "gaussian", rows: 32 }),
  ]);
  for (const [i, { sigma }] of some.laws.entries()) {
    assert.ok(Math.abs(sigma / all.laws[i]!.sigma - 1) < 0.12, `${sigma} ${all.laws[i]!.sigma}`);
  }
});

Deno.test("unknown options are refused by name", async () => {
  const checkpoint = await (await openRun("suite:nano-64")).checkpoint(0);
  await assert.rejects(
    weightLaws(checkpoint, { row: 3 } as object),
    /^TypeError: weightLaws has no option "row"; did you mean "rows"\?$/,
  );
});
