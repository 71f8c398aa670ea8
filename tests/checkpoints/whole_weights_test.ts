import assert from "node:assert/strict";
import { join } from "node:path";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { openCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";

type Numbers = Readonly<
  Record<string, readonly [shape: readonly number[], values: readonly number[]]>
>;

async function save(folder: string, file: string, tensors: Numbers) {
  await Deno.mkdir(folder, { recursive: true });
  await writeSafetensors(
    join(folder, file),
    Object.entries(tensors).map(([name, [shape, values]]) => ({
      ...{ name, dtype: "F32" as const, shape },
      bytes: new Uint8Array(Float32Array.from(values).buffer),
    })),
  );
}

async function configured(folder: string, config: Readonly<Record<string, unknown>>) {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "adapter_config.json"), JSON.stringify(config));
}

async function valuesOf(path: string, name: string) {
  const checkpoint = await openCheckpoint(path);
  return [...decodeValues(await checkpoint.read(name))];
}

// B A = [[3, 4], [6, 8], [9, 12]]
const base: Numbers = { "x.weight": [[3, 2], [1, 1, 1, 1, 1, 1]], "x.bias": [[3], [0, 0, 0]] };
const a = [[1, 2], [3, 4]] as const, b = [[3, 1], [1, 2, 3]] as const;
const sum = (scale: number) => [3, 4, 6, 8, 9, 12].map((product) => 1 + scale * product);

Deno.test("adapters in the file of the weights are merged by the scale of their config", async () => {
  const folder = await Deno.makeTempDir();
  await save(folder, "model.safetensors", { ...base, "x.lora_A": a, "x.lora_B": b });
  await assert.rejects(
    openCheckpoint(folder),
    /holds low-rank adapters \(x\.lora_A\), and no adapter_config\.json beside it tells their scale/,
  );
  await configured(folder, { r: 1, lora_alpha: 2 });
  assert.deepEqual(await valuesOf(folder, "x.weight"), sum(2));
  const checkpoint = await openCheckpoint(folder);
  assert.deepEqual([...checkpoint.tensors.keys()].sort(), ["x.bias", "x.weight"]);
  const rows = await checkpoint.read("x.weight", [{ start: 2, end: 3 }, { start: 0, end: 1 }]);
  assert.deepEqual(rows.shape, [2, 2]);
  assert.deepEqual([...decodeValues(rows)], [19, 25, 7, 9]);
  await assert.rejects(
    checkpoint.read("x.weight", [{ start: 2, end: 4 }]),
    /rows 2 to 4 of tensor "x\.weight" of .* do not exist; it has 3/,
  );
});

Deno.test("the digest of merged weights follows the adapter's scale", async () => {
  const folder = await Deno.makeTempDir();
  await save(folder, "model.safetensors", { ...base, "x.lora_A": a, "x.lora_B": b });
  await configured(folder, { r: 1, lora_alpha: 2 });
  const digest = await (await openCheckpoint(folder)).digest();
  await configured(folder, { r: 1, lora_alpha: 3 });
  assert.notEqual(await (await openCheckpoint(folder)).digest(), digest);
});

Deno.test("PEFT's names are merged: base layers, modules saved whole, scales by rank, root and pattern", async () => {
  const wrapped = (name: string) => `base_model.model.${name}`;
  const folder = await Deno.makeTempDir();
  await save(folder, "model.safetensors", {
    [wrapped("x.base_layer.weight")]: base["x.weight"]!,
    [wrapped("x.lora_A.default.weight")]: [[4, 2], [3, 4, 0, 0, 0, 0, 0, 0]],
    [wrapped("x.lora_B.default.weight")]: [[3, 4], [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]],
    [wrapped("head.original_module.weight")]: [[1, 1], [7]],
    [wrapped("head.modules_to_save.default.weight")]: [[1, 1], [8]],
  });
  for (
    const [config, scale] of [
      [{ r: 4, lora_alpha: 8 }, 2],
      [{ r: 4, lora_alpha: 8, use_rslora: true }, 4],
      [{ r: 2, rank_pattern: { x: 4 }, lora_alpha: 8, alpha_pattern: { "x": 16 } }, 4],
    ] as const
  ) {
    await configured(folder, { peft_type: "LORA", ...config });
    assert.deepEqual(await valuesOf(folder, "x.weight"), sum(scale));
  }
  assert.deepEqual(await valuesOf(folder, "head.weight"), [8]);
  assert.equal((await openCheckpoint(folder)).tensors.size, 2);
  await configured(folder, { r: 8, lora_alpha: 8 });
  await assert.rejects(openCheckpoint(folder), /says r 8 but the adapter of ".*x" has rank 4/);
  await configured(folder, { r: 4, lora_alpha: 8, rank_pattern: { "(a+)+$": 4 } });
  await assert.rejects(
    openCheckpoint(folder),
    /has the key "\(a\+\)\+\$", which is no module's name/,
  );
});

const adapter: Numbers = {
  "base_model.model.x.lora_A.weight": a,
  "base_model.model.x.lora_B.weight": b,
};

Deno.test("an adapter beside the weights is merged into them", async () => {
  const folder = await Deno.makeTempDir();
  await save(folder, "model.safetensors", base);
  await save(folder, "adapter_model.safetensors", adapter);
  assert.deepEqual(await valuesOf(folder, "x.weight"), sum(0));
  await configured(folder, { r: 1, lora_alpha: 1 });
  assert.deepEqual(await valuesOf(folder, "x.weight"), sum(1));
});

Deno.test("an adapter alone takes the weights of the folder base beside it, and is refused without", async () => {
  const run = await Deno.makeTempDir(), step = join(run, "step10");
  await save(step, "adapter_model.safetensors", adapter);
  await configured(step, { r: 1, lora_alpha: 1 });
  await assert.rejects(
    openCheckpoint(step),
    /holds an adapter and not the weights that it belongs to; put the base model beside it/,
  );
  await configured(step, { r: 1, lora_alpha: 1, base_model_name_or_path: "owner/toy" });
  await assert.rejects(
    openCheckpoint(step),
    /put the base model, "owner\/toy", beside it as a folder named base/,
  );
  await save(join(run, "base"), "model.safetensors", { "m.x.weight": base["x.weight"]! });
  await Deno.writeTextFile(join(run, "base", "config.json"), '{"model_type":"toy"}');
  const checkpoint = await openCheckpoint(step);
  assert.deepEqual([...decodeValues(await checkpoint.read("m.x.weight"))], sum(1));
  assert.deepEqual(checkpoint.config, { model_type: "toy" });
  await save(join(run, "base"), "model.safetensors", { "y.weight": base["x.weight"]! });
  await assert.rejects(openCheckpoint(step), /no weights of that module are at hand/);
});

Deno.test("a matrix stored [in, out] takes the product turned, a square one as the others of the model", async () => {
  const folder = await Deno.makeTempDir();
  await save(folder, "model.safetensors", {
    ...{ "c_attn.weight": [[2, 3], [1, 1, 1, 1, 1, 1]], "c_proj.weight": [[2, 2], [0, 0, 0, 0]] },
    ...{ "c_attn.lora_A": a, "c_attn.lora_B": b },
    ...{ "c_proj.lora_A": a, "c_proj.lora_B": [[2, 1], [1, 2]] },
  });
  await configured(folder, { r: 1, lora_alpha: 1 });
  assert.deepEqual(await valuesOf(folder, "c_attn.weight"), [4, 7, 10, 5, 9, 13]);
  assert.deepEqual(await valuesOf(folder, "c_proj.weight"), [3, 6, 4, 8]);
});

// Two products of rank 2 for two of three parts of two outputs each, as loralib's MergedLinear
// holds them.
const fused: Numbers = {
  "qkv.lora_A": [[4, 3], [-1, 0, 1, 2, -2, -1, 0, 1, 2, -2, -1, 0]],
  "qkv.lora_B": [[4, 2], [0, 1, 2, -1, 0, 1, 2, -1]],
};

Deno.test("an adapter of some of several fused matrices is added to those that the config enables", async () => {
  const folder = await Deno.makeTempDir();
  const zeros: Numbers = { "qkv.weight": [[6, 3], new Array(18).fill(0)] };
  await save(folder, "model.safetensors", { ...zeros, ...fused });
  await configured(folder, { r: 2, lora_alpha: 4 });
  await assert.rejects(
    openCheckpoint(folder),
    /has an adapter of \[4, 3\] and \[4, 2\] \(F32\) for qkv\.weight of \[6, 3\] .*say which by enable_lora in its config/,
  );
  // The sums are those of NumPy, part by part.
  const q = [4, -4, -2, -8, 4, 6], v = [-4, -2, 0, 4, 6, 8], none = new Array(6).fill(0);
  const digests = new Set<string>();
  for (
    const [enabled, expected] of [
      [[true, false, true], [...q, ...none, ...v]],
      [[true, true, false], [...q, ...v, ...none]],
    ] as const
  ) {
    await configured(folder, { r: 2, lora_alpha: 4, enable_lora: enabled });
    assert.deepEqual(await valuesOf(folder, "qkv.weight"), expected);
    const checkpoint = await openCheckpoint(folder);
    const rows = await checkpoint.read("qkv.weight", [{ start: 4, end: 5 }, { start: 1, end: 3 }]);
    assert.deepEqual(
      [...decodeValues(rows)],
      [4, 1, 2].flatMap((row) => expected.slice(3 * row, 3 * row + 3)),
    );
    digests.add(await checkpoint.digest());
  }
  assert.equal(digests.size, 2);
});

Deno.test("fused matrices stored [in, out] take the products turned, and all parts where there is one for each", async () => {
  const folder = await Deno.makeTempDir();
  await save(folder, "model.safetensors", {
    ...{ "qkv.weight": [[3, 6], new Array(18).fill(1)], ...fused },
    ...{ "all.weight": [[6, 3], new Array(18).fill(0)] },
    "all.lora_A": [[6, 3], [0, 1, 2, 0, 0, 0, -1, 0, 1, 0, 0, 0, 2, -1, 0, 0, 0, 0]],
    "all.lora_B": [[6, 2], [-1, 0, 0, 0, 1, 0, 2, 0, -2, 0, -1, 0]],
  });
  await configured(folder, { r: 2, lora_alpha: 4, enable_lora: [true, false, true] });
  assert.deepEqual(
    await valuesOf(folder, "qkv.weight"),
    [[5, -7, 1, 1, -3, 5], [-3, 5, 1, 1, -1, 7], [-1, 7, 1, 1, 1, 9]].flat(),
  );
  assert.deepEqual(
    await valuesOf(folder, "all.weight"),
    [[0, -1, -2], [0, 0, 0], [-1, 0, 1], [-2, 0, 2], [-4, 2, 0], [-2, 1, 0]].flat().map((x) =>
      2 * x + 0
    ),
  );
});

Deno.test("adapters that are no pair of low rank are refused by that word", async () => {
  const refused: readonly [Numbers, Readonly<Record<string, unknown>>, RegExp][] = [
    [{ "x.lora_A": a }, {}, /has lora_A of the adapter of "x" but not lora_B/],
    [
      { "x.lora_A": a, "x.lora_B": [[2, 1], [1, 2]] },
      {},
      /has an adapter of \[1, 2\] and \[2, 1\]/,
    ],
    [{ "x.lora_magnitude_vector": [[3], [1, 1, 1]] }, {}, /an adapter of another kind than LoRA/],
    [{ "x.hada_w1_a": a }, {}, /an adapter of another kind than LoRA/],
    [
      { "x.lora_A.one": a, "x.lora_B.one": b, "x.lora_A.two": a, "x.lora_B.two": b },
      {},
      /several adapters \(one, two\)/,
    ],
    [{ "x.lora_A": a, "x.lora_B": b }, { peft_type: "LOHA" }, /peft_type "LOHA".*such an adapter/],
    [{ "x.lora_A": a, "x.lora_B": b }, { use_dora: true }, /use_dora true.*such an adapter/],
    [
      { "x.lora_A": a, "x.lora_B": b },
      { init_lora_weights: "pissa_niter_4" },
      /changes the weights of the base/,
    ],
    [
      { "x.lora_A": a, "x.lora_B": b },
      { r: "one" },
      /says r "one", which must be a number above 0/,
    ],
    ...[[], [false], "all", [1, 0, 1]].map((enabled): typeof refused[number] => [
      { "x.lora_A": a, "x.lora_B": b },
      { enable_lora: enabled },
      /says enable_lora .*, which must be a list such as \[true, false, true\]/,
    ]),
  ];
  for (const [tensors, config, message] of refused) {
    const folder = await Deno.makeTempDir();
    await save(folder, "model.safetensors", { ...base, ...tensors });
    await configured(folder, { r: 1, lora_alpha: 1, ...config });
    await assert.rejects(openCheckpoint(folder), message);
  }
});

Deno.test("pairs of weight norm are multiplied out, whatever torch calls them", async () => {
  const folder = await Deno.makeTempDir();
  await save(folder, "model.safetensors", {
    "x.weight_g": [[2, 1], [10, 26]],
    "x.weight_v": [[2, 2], [3, 4, 5, 12]],
    "y.parametrizations.weight.original0": [[1, 1, 2], [10, 26]],
    "y.parametrizations.weight.original1": [[1, 2, 2], [3, 5, 4, 12]],
    "z.weight_g": [[], [15]],
    "z.weight_v": [[2, 2], [1, 2, 0, 2]],
    // A spectral norm's vector is no direction.
    "s.weight_v": [[2], [1, 0]],
    "s.weight_orig": [[1, 2], [1, 0]],
  });
  const checkpoint = await openCheckpoint(folder);
  assert.deepEqual(
    [...checkpoint.tensors.keys()].sort(),
    ["s.weight_orig", "s.weight_v", "x.weight", "y.weight", "z.weight"],
  );
  const read = async (
    name: string,
    rows?: { start: number; end: number }[],
  ) => [...decodeValues(await checkpoint.read(name, rows))];
  assert.deepEqual(await read("x.weight"), [6, 8, 10, 24]);
  assert.deepEqual(await read("x.weight", [{ start: 1, end: 2 }, { start: 1, end: 2 }]), [
    10,
    24,
    10,
    24,
  ]);
  assert.deepEqual(await read("y.weight"), [6, 10, 8, 24]);
  assert.deepEqual(await read("z.weight", [{ start: 1, end: 2 }]), [0, 10]);
});
