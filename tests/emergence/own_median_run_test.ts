import assert from "node:assert/strict";
import { measure, openRun } from "../../mod.ts";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { ownMedianRun } from "../../lib/emergence/own_median_run.ts";
import { weightLaws } from "../../lib/emergence/weight_laws.ts";

const run = await openRun("suite:nano-32");
const matrix = "gpt_neox.layers.0.mlp.dense_h_to_4h.weight";

Deno.test("all weights of a step are multiplied by one number, and their median length is that of step 0", async () => {
  const scaled = ownMedianRun(run);
  const [before, stored, made] = await Promise.all([
    run.checkpoint(0),
    run.checkpoint(4096),
    scaled.checkpoint(4096),
  ]);
  const [wanted, own, now] = await Promise.all(
    [before, stored, made].map(async (checkpoint) => (await weightLaws(checkpoint)).medianLength()),
  ) as [number, number, number];
  assert.ok(own > 1.1 * wanted);
  assert.ok(Math.abs(now / wanted - 1) < 1e-6, `${now}, ${wanted}`);
  const [then, after] = await Promise.all(
    [stored, made].map(async (checkpoint) =>
      decodeValues(await checkpoint.read(matrix, [{ start: 3, end: 5 }]))
    ),
  ) as [Float64Array, Float64Array];
  assert.equal(after.length, 64);
  then.forEach((w, i) => assert.equal(after[i], Math.fround(w * (own / wanted))));
  assert.notEqual(await made.digest(), await stored.digest());
});

Deno.test("step 0 and what is no matrix stay as they are, and an E that is all scale goes", async () => {
  const scaled = ownMedianRun(run);
  const [stored, made] = [await run.checkpoint(0), await scaled.checkpoint(0)];
  const values = async (checkpoint: typeof stored) => decodeValues(await checkpoint.read(matrix));
  assert.deepEqual(await values(made), await values(stored));
  const bias = "gpt_neox.layers.0.mlp.dense_h_to_4h.bias";
  const last = [await run.checkpoint(4096), await scaled.checkpoint(4096)];
  const biases = await Promise.all(last.map((checkpoint) => checkpoint.read(bias)));
  assert.deepEqual(biases[1]!.bytes, biases[0]!.bytes);
  const decayed = ownMedianRun(await openRun("suite:nano-32-decay03"));
  const options = { samples: 5, steps: [0, 4096], radii: { min: 2, max: 150 } };
  const asPublished = (await measure("suite:nano-32-decay03", options)).rows[1]!.E;
  const { rows: [, own] } = await measure(decayed, options);
  assert.ok(asPublished < -0.5, `${asPublished}`);
  assert.ok(Math.abs(own!.E) < 0.2, `${own!.E}`);
});

Deno.test("a baseline that the run lacks and unknown options are refused", () => {
  assert.throws(
    () => ownMedianRun(run, { baseline: 5 }),
    /medians are brought to that of step 5, which nano-32 lacks; choose one of its steps/,
  );
  assert.throws(() => ownMedianRun(run, { row: 5 } as never), /TypeError: .*"row"/);
});
