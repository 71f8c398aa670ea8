import assert from "node:assert/strict";
import { join } from "node:path";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { measure } from "../../lib/runs/measure.ts";
import { readModelTables } from "../../lib/runs/tables.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

const shards = [1, 2].map((i) => `model-0000${i}-of-00002.safetensors`);
const config = {
  model_type: "llama",
  architectures: ["LlamaForCausalLM"],
  ...{ hidden_size: 16, intermediate_size: 32, num_hidden_layers: 2, vocab_size: 40 },
  ...{ num_attention_heads: 2, num_key_value_heads: 2 },
  ...{ tie_word_embeddings: true, torch_dtype: "bfloat16", initializer_range: 0.02 },
};

/** Values of BF16 that follow from a seed. */
function brainFloats(count: number, seed: number): Uint8Array<ArrayBuffer> {
  const words = new Uint16Array(count);
  for (let i = 0, state = seed; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const value = (state / 2 ** 31) * 0.06 + 0.0005;
    words[i] = new Uint32Array(Float32Array.of(value).buffer)[0]! >>> 16;
  }
  return new Uint8Array(words.buffer);
}

/** A checkpoint as the Hugging Face Trainer leaves it: bf16 in two shards, embeddings tied, and its own files beside. */
async function writeCheckpoint(folder: string, seed: number) {
  await Deno.mkdir(folder, { recursive: true });
  const block = (i: number) => [
    ...["q_proj", "k_proj", "v_proj", "o_proj"].map((name) =>
      [`model.layers.${i}.self_attn.${name}.weight`, [16, 16]] as const
    ),
    ...["gate_proj", "up_proj"].map((name) =>
      [`model.layers.${i}.mlp.${name}.weight`, [32, 16]] as const
    ),
    [`model.layers.${i}.mlp.down_proj.weight`, [16, 32]] as const,
    [`model.layers.${i}.input_layernorm.weight`, [16]] as const,
    [`model.layers.${i}.post_attention_layernorm.weight`, [16]] as const,
  ];
  const halves = [
    [["model.embed_tokens.weight", [40, 16]] as const, ...block(0)],
    [...block(1), ["model.norm.weight", [16]] as const],
  ];
  const weightMap: Record<string, string> = {};
  for (const [half, tensors] of halves.entries()) {
    const stored = tensors.map(([name, shape], i) => {
      weightMap[name] = shards[half]!;
      const count = shape.reduce((product, size) => product * size, 1);
      const bytes = brainFloats(count, seed + 100 * half + i);
      return { name, dtype: "BF16" as const, shape: [...shape], bytes };
    });
    await writeSafetensors(join(folder, shards[half]!), stored);
  }
  const files = {
    "config.json": JSON.stringify(config),
    "model.safetensors.index.json": JSON.stringify({ weight_map: weightMap }),
    ...{ "trainer_state.json": "{}", "optimizer.pt": "x", "rng_state.pth": "x" },
    "training_args.bin": "x",
  };
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(folder, name), text);
  }
}

function withTrainerRun(test: (run: string, folder: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const run = join(folder, "my-llama");
    for (const step of [500, 1000, 1500]) {
      await writeCheckpoint(join(run, `checkpoint-${step}`), step);
    }
    await Deno.mkdir(join(run, "runs"));
    await Deno.remove(join(run, "checkpoint-1500", shards[1]!));
    await test(run, folder);
  });
}

const options = { samples: 2, layerSample: 8, minimumEdges: 2 };

Deno.test("the Trainer's folder without step 0 is measured, with a sentence about what is half written", () =>
  withTrainerRun(async (run, out) => {
    const warnings: string[] = [];
    const onWarning = (warning: string) => void warnings.push(warning);
    const result = await measure(run, { ...options, out, onWarning, baseline: 500 });
    assert.deepEqual(result.rows.map(({ step, baseline }) => [step, baseline]), [
      [500, 500],
      [1000, 500],
    ]);
    assert.equal(result.rows[0]!.E, 0);
    assert.ok(Math.abs(result.rows[1]!.E) > 0);
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0]!,
      /^step 1500 of my-llama is left out, for it is only half written: .*model-00002-of-00002/,
    );
    assert.match(result.made, /baseline step 500, step 1500 left out, only half written\.$/);
    assert.deepEqual(result.record.notes, ["step 1500 left out, only half written"]);
    const { emergence } = await readModelTables(out, "my-llama");
    assert.deepEqual(emergence, result.rows.map((row) => ({ ...row })));
    const again = await measure(run, { ...options, out, baseline: 500, skipExisting: true });
    assert.equal(again.analyzed.emergence!.skipped, true);
  }));

Deno.test("without a baseline alpha_0 and width are given, and the status names the first step", () =>
  withTrainerRun(async (run) => {
    const { rows } = await measure(run, options);
    for (const { E, alpha0, width, status } of rows) {
      assert.ok(Number.isNaN(E) && alpha0 > 0 && width > 0);
      assert.match(status, /^no E: there is no step 0 to compare with; .*--baseline 500/);
    }
    await throwsError(
      () => measure(run, { ...options, null: "permute" }),
      /^my-llama has no step 0, which a null model needs; .*--baseline 500/,
    );
  }));

Deno.test("a drawn baseline is step 0, the same whoever measures it, and said in the record", () =>
  withTrainerRun(async (run, out) => {
    const warnings: string[] = [];
    const onWarning = (warning: string) => void warnings.push(warning);
    const one = await measure(run, { ...options, baseline: "init", onWarning });
    const words = "untrained weights, initializer_range 0.02, seed 0";
    assert.match(
      warnings[0]!,
      new RegExp(`^step 0 of my-llama is no checkpoint but drawn: ${words}$`),
    );
    assert.deepEqual(one.record.options.baseline, { init: 0 });
    assert.match(one.made, new RegExp(`step 0 is drawn: ${words}`));
    assert.deepEqual(one.rows.map(({ step, baseline }) => [step, baseline]), [
      [0, "init"],
      [500, "init"],
      [1000, "init"],
    ]);
    const other = await measure(run, { ...options, baseline: { init: 0 }, workers: 2, out });
    assert.deepEqual(other.rows, one.rows);
    const { emergence } = await readModelTables(out, "my-llama");
    assert.deepEqual(emergence, one.rows.map((row) => ({ ...row })));
    const seeded = await measure(run, { ...options, baseline: { init: 1 } });
    assert.notEqual(seeded.rows[1]!.E, one.rows[1]!.E);
  }));

Deno.test("a half-written step is refused where it is asked for, or is the baseline", () =>
  withTrainerRun(async (run) => {
    const missing = /names the shard model-00002-of-00002\.safetensors, which cannot be opened/;
    await throwsError(() => measure(run, { ...options, steps: [500, 1500] }), missing);
    await throwsError(() => measure(run, { ...options, baseline: 1500 }), missing);
  }));
