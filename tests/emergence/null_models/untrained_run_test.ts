import assert from "node:assert/strict";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import type { Checkpoint } from "../../../lib/checkpoints/checkpoint.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { initialWeights } from "../../../lib/emergence/null_models/initial_weights.ts";
import { untrainedRun } from "../../../lib/emergence/null_models/untrained_run.ts";

const run = await openRun("suite:nano-64");
const checkpoint = await run.checkpoint(4096);
const architecture = detectArchitecture(checkpoint);

Deno.test("the drawn step 0 has the deviation of the config, and the same weights however it is read", async () => {
  const { run: drawn, words } = await untrainedRun(run, 3, 4096);
  assert.equal(words, "untrained weights, initializer_range 0.02, seed 3");
  assert.deepEqual(drawn.steps, run.steps);
  const untrained = await drawn.checkpoint(0);
  const name = "gpt_neox.layers.1.mlp.dense_h_to_4h.weight";
  const { dtype, shape, bytes } = await untrained.read(name);
  assert.deepEqual([dtype, shape], ["F32", [256, 64]]);
  const values = decodeValues({ dtype, shape, bytes });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  assert.ok(Math.abs(mean) < 0.001);
  assert.ok(Math.abs(Math.sqrt(variance) - 0.02) < 0.0005);
  const rows = await untrained.read(name, [{ start: 7, end: 9 }]);
  assert.deepEqual(decodeValues(rows), values.slice(7 * 64, 9 * 64));
  await assert.rejects(
    untrained.read("gpt_neox.final_layer_norm.weight"),
    /final_layer_norm\.weight.* is not drawn: it is no matrix/,
  );
});

Deno.test("its digest tells seeds apart and no step of the run from itself", async () => {
  const digestOf = async (seed: number, step: number) =>
    await (await (await untrainedRun(run, seed, 4096)).run.checkpoint(step)).digest();
  assert.equal(await digestOf(0, 0), await digestOf(0, 0));
  assert.notEqual(await digestOf(0, 0), await digestOf(1, 0));
  assert.equal(await digestOf(0, 4096), await checkpoint.digest());
});

/** The deviation or bound of the matrices whose names end so, under another config or family. */
function scaleOf(config: Checkpoint["config"], ending: string, family = architecture.family) {
  const { lawOf } = initialWeights({ ...checkpoint, config }, { ...architecture, family });
  const matrix = architecture.matrices.find(({ tensor }) => tensor.endsWith(ending))!;
  return lawOf(matrix);
}

Deno.test("initialisers are those of the config: small_init with wang_init, init_std, GPT-2's projections", () => {
  const neox = {
    ...{ hidden_size: 64, init_method: "small_init", output_layer_init_method: "wang_init" },
    initializer_range: 0.02,
  };
  assert.equal(scaleOf(neox, "query_key_value.weight").scale, Math.sqrt(2 / (5 * 64)));
  assert.equal(scaleOf(neox, "attention.dense.weight").scale, 2 / (4 * 8));
  assert.equal(scaleOf({ init_std: 0.006 }, "attention.dense.weight").scale, 0.006);
  const gpt2 = scaleOf({ initializer_range: 0.02 }, "attention.dense.weight", "gpt2");
  assert.equal(gpt2.scale, 0.02 / Math.sqrt(8));
});

Deno.test("networks without a config are drawn as torch starts them, and nothing is guessed of others", () => {
  const linear = scaleOf(null, "dense_4h_to_h.weight", "mlp");
  assert.deepEqual(linear, { kind: "uniform", scale: 1 / 16 });
  const classifier = scaleOf(null, "layers.3.mlp.dense_4h_to_h.weight", "resnet");
  assert.equal(classifier.kind, "uniform"); // it leads to the network's last layer
  assert.deepEqual(scaleOf(null, "attention.dense.weight", "resnet"), {
    kind: "normal",
    scale: Math.sqrt(2 / 64),
  });
  for (const config of [null, {}, { initializer_range: -1 }, { initializer_range: "wide" }]) {
    assert.throws(() => scaleOf(config, ""), /nothing says how .* was initialised: .*--baseline/);
  }
});
