import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import type {
  Checkpoint,
  CheckpointRun,
  FloatType,
  RowRange,
  TensorRows,
} from "../../../lib/checkpoints/checkpoint.ts";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { nullCheckpoint, nullRun } from "../../../lib/emergence/null_models/null_checkpoint.ts";
import type { NullCheckpointOptions } from "../../../lib/emergence/null_models/null_kind.ts";
import { NULL_KINDS, type NullKind } from "../../../lib/options/measuring_options.ts";
import { fullNetworkMasses } from "../../../lib/networks/full/full_network_masses.ts";
import { close } from "../../golden/golden.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { families, familyCheckpoint } from "./families.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { measureNfd } from "../../../lib/nfd/nfd.ts";
import { growBoxes } from "../../../lib/networks/grow_boxes.ts";
import { sampleNetworks } from "../../../lib/networks/sample_networks.ts";

const kinds = Object.keys(NULL_KINDS) as NullKind[];
const familyNames = Object.keys(families) as (keyof typeof families)[];
const formats: readonly FloatType[] = ["F16", "BF16", "F32", "F64"];
const qkv = "gpt_neox.layers.0.attention.query_key_value.weight";

function nulled(checkpoint: Checkpoint, options: Partial<NullCheckpointOptions>): Checkpoint {
  return nullCheckpoint(checkpoint, detectArchitecture(checkpoint), {
    ...{ kind: "permute", draw: 0, seed: 0, ...options },
    ...options.kind === "rescale" && { untrained: options.untrained ?? checkpoint },
  });
}

const valuesOf = async (checkpoint: Checkpoint, name: string, rows?: RowRange[]) => [
  ...decodeValues(await checkpoint.read(name, rows)),
];
const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);
const rowsOf = (values: readonly number[], width: number) =>
  Array.from(
    { length: values.length / width },
    (_, r) => values.slice(r * width, (r + 1) * width),
  );
const columnsOf = (values: readonly number[], width: number) =>
  Array.from({ length: width }, (_, c) => values.filter((_, i) => i % width === c));

Deno.test('"permute" keeps the weights of query, of key and of value, and of no smaller set', async () => {
  // Values say which part they are of: the sign of the key's, the size of the value's.
  const scale = (row: number) => [1, 64, 4096][Math.floor(row / 4) % 3]!;
  const checkpoint = familyCheckpoint("gpt_neox", "F32", (values, name) => {
    if (name === qkv) values.forEach((v, i) => values[i] = v * scale(Math.floor(i / 16)));
  });
  const before = rowsOf(await valuesOf(checkpoint, qkv), 16);
  const after = rowsOf(await valuesOf(nulled(checkpoint, {}), qkv), 16);
  for (const part of [0, 1, 2]) {
    const own = (rows: number[][]) => rows.filter((_, r) => Math.floor(r / 4) % 3 === part).flat();
    assert.deepEqual(sorted(own(after)), sorted(own(before)), `part ${part}`);
    assert.equal(own(after).length, 256);
  }
  const sameRow = after.filter((row, r) => `${sorted(row)}` === `${sorted(before[r]!)}`);
  assert.equal(sameRow.length, 0);
  const columns = (rows: number[][]) => columnsOf(rows.flat(), 16).map((c) => `${sorted(c)}`);
  assert.ok(columns(after).every((column, c) => column !== columns(before)[c]));
});

Deno.test('"permute" takes query, key and value apart where they are side by side', async () => {
  const name = "h.0.attn.c_attn.weight";
  const checkpoint = familyCheckpoint("gpt2");
  const own = async (from: Checkpoint) => {
    const rows = rowsOf(await valuesOf(from, name), 48);
    return [0, 16, 32].map((start) => sorted(rows.flatMap((row) => row.slice(start, start + 16))));
  };
  assert.deepEqual(await own(nulled(checkpoint, {})), await own(checkpoint));
});

Deno.test('"permute-rows" keeps what enters each neuron and "permute-columns" what leaves it, however stored', async () => {
  for (
    const [family, name, width, rowsAreTargets] of [
      ["gpt_neox", "gpt_neox.layers.0.mlp.dense_h_to_4h.weight", 16, true],
      ["gpt2", "h.0.mlp.c_fc.weight", 64, false],
    ] as const
  ) {
    const checkpoint = familyCheckpoint(family);
    const before = await valuesOf(checkpoint, name);
    for (const kind of ["permute-rows", "permute-columns"] as const) {
      const after = await valuesOf(nulled(checkpoint, { kind }), name);
      const alongRows = (kind === "permute-rows") === rowsAreTargets;
      const [kept, lost] = alongRows ? [rowsOf, columnsOf] : [columnsOf, rowsOf];
      assert.deepEqual(kept(after, width).map(sorted), kept(before, width).map(sorted));
      const same = lost(after, width).filter((line, i) =>
        `${sorted(line)}` === `${sorted(lost(before, width)[i]!)}`
      );
      assert.equal(same.length, 0, `${family} ${kind}`);
      assert.notDeepEqual(after, before);
    }
  }
});

Deno.test('"permute-columns" leaves every mass of the full network as it is, since a mass counts what leaves a neuron', async () => {
  for (const family of familyNames) {
    const checkpoint = familyCheckpoint(family);
    const architecture = detectArchitecture(checkpoint);
    const masses = async (from: Checkpoint) => (await fullNetworkMasses(from, architecture)).masses;
    const before = await masses(checkpoint);
    assert.ok(before.selected.length > 0);
    assert.deepEqual(await masses(nulled(checkpoint, { kind: "permute-columns" })), before);
    assert.notDeepEqual(await masses(nulled(checkpoint, { kind: "permute" })), before, family);
  }
});

Deno.test("permutations move a convolution's kernel as a whole", async () => {
  const name = "layer1.0.conv1.weight";
  const checkpoint = familyCheckpoint("resnet");
  const kernels = async (from: Checkpoint) =>
    rowsOf(await valuesOf(from, name), 9).map((kernel) => `${kernel}`);
  const before = await kernels(checkpoint);
  for (const kind of ["permute", "permute-rows", "permute-columns"] as const) {
    const after = await kernels(nulled(checkpoint, { kind }));
    assert.notDeepEqual(after, before);
    assert.deepEqual(after.toSorted(), before.toSorted(), kind);
  }
});

Deno.test('"gaussian" has each matrix\'s own variance about its mean, and mean 0', async () => {
  const name = "gpt_neox.layers.0.mlp.dense_h_to_4h.weight";
  const checkpoint = familyCheckpoint("gpt_neox", "F32", (values, name) => {
    values.forEach((v, i) => values[i] = v + 0.03);
    if (name === qkv) {
      values.forEach((v, i) => values[i] = v * (Math.floor(i / 64) % 3 + 1));
    }
  });
  const gaussian = nulled(checkpoint, { kind: "gaussian" });
  const moments = (values: readonly number[]) => {
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    return { mean, sd: Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length) };
  };
  const expected = moments(await valuesOf(checkpoint, name));
  const values = await valuesOf(gaussian, name);
  const found = moments(values);
  // 4,800 weights: the standard error of the mean is 1.4 % of the deviation, that of the deviation 1 %.
  assert.ok(Math.abs(found.mean) < 0.05 * expected.sd, `${found.mean}`);
  close(found.sd / expected.sd, 1, 0.035, "deviation");
  const outside = values.filter((v) => Math.abs(v) > 1.96 * expected.sd).length / values.length;
  close(outside, 0.05, 0.012, "share outside 1.96 deviations");
  const part = async (from: Checkpoint, p: number) =>
    moments(
      rowsOf(await valuesOf(from, qkv), 16).filter((_, r) => Math.floor(r / 4) % 3 === p).flat(),
    );
  for (const p of [0, 1, 2]) {
    close((await part(gaussian, p)).sd / (await part(checkpoint, p)).sd, 1, 0.15, `part ${p}`);
  }
});

Deno.test('"rescale" is the untrained matrix at the trained norm', async () => {
  const name = "h.0.mlp.c_fc.weight";
  const trained = familyCheckpoint("gpt2");
  const untrained = familyCheckpoint("gpt2", "F32", (values) => values.reverse());
  const rescaled = nulled(trained, { kind: "rescale", untrained });
  const [before, target, now] = [
    await valuesOf(untrained, name),
    await valuesOf(trained, name),
    await valuesOf(rescaled, name),
  ];
  close(Math.hypot(...now) / Math.hypot(...target), 1, 1e-7, "norm");
  const factor = Math.hypot(...target) / Math.hypot(...before);
  now.forEach((value, i) => assert.equal(value, Math.fround(factor * before[i]!)));
  const same = nulled(trained, { kind: "rescale", untrained: trained });
  assert.deepEqual(await valuesOf(same, name), target);
});

Deno.test("rows of a null model are the same read one by one, backwards, or with all others, in every format", async () => {
  for (const family of familyNames) {
    for (const kind of kinds) {
      for (const format of formats) {
        const checkpoint = familyCheckpoint(family, format);
        const whole = nulled(checkpoint, { kind }), pieces = nulled(checkpoint, { kind });
        const names = Object.entries(families[family][0]);
        for (const [name, shape] of names) {
          const all = await whole.read(name);
          assert.equal(all.dtype, whole.tensors.get(name)!.dtype);
          assert.deepEqual(all.shape, shape);
          const width = shape.slice(1).reduce((product, size) => product * size, 1);
          const rows = rowsOf([...decodeValues(all)], width);
          // Another tensor in between, so that the one kept is made anew.
          await pieces.read(names[0]![0], [{ start: 0, end: 1 }]);
          const some = [{ start: 5, end: 7 }, { start: 2, end: 3 }, { start: 5, end: 6 }];
          const read = await pieces.read(name, some);
          assert.deepEqual(read.shape, [4, ...shape.slice(1)]);
          assert.deepEqual([...decodeValues(read)], [5, 6, 2, 5].flatMap((row) => rows[row]!));
        }
      }
    }
  }
});

Deno.test("the draw, the seed with all its bits, and the tensor decide the random numbers; the step does not", async () => {
  const checkpoint = familyCheckpoint("gpt_neox");
  const name = "gpt_neox.layers.0.attention.dense.weight";
  for (const kind of kinds.filter((kind) => kind !== "rescale")) {
    const read = async (options: Partial<NullCheckpointOptions>, from = checkpoint) =>
      `${await valuesOf(nulled(from, { kind, ...options }), name)}`;
    const first = await read({});
    assert.equal(await read({}), first);
    assert.equal(await read({}, { ...checkpoint, step: 512 }), first);
    const others = [{ draw: 1 }, { seed: 1 }, { seed: 2 ** 32 }, { draw: 2 ** 32 }];
    const all = new Set([first, ...await Promise.all(others.map((options) => read(options)))]);
    assert.equal(all.size, 5, kind);
  }
  // Matrices of one shape are not permuted alike.
  const places = familyCheckpoint(
    "llama",
    "F32",
    (values) => values.forEach((_, i) => values[i] = i),
  );
  const permuted = nulled(places, {});
  const [gate, up] = await Promise.all(
    ["gate", "up"].map((which) => valuesOf(permuted, `model.layers.0.mlp.${which}_proj.weight`)),
  );
  assert.notDeepEqual(gate, up);
});

Deno.test("kinds that stay within stored rows read only the rows asked for", async () => {
  const asked: TensorRows[] = [];
  const checkpoint = familyCheckpoint("gpt_neox");
  const watched: Checkpoint = {
    ...checkpoint,
    read: (name, rows) => {
      asked.push({ name, rows });
      return checkpoint.read(name, rows);
    },
  };
  const rows = [{ start: 3, end: 5 }];
  await nulled(watched, { kind: "permute-rows" }).read(qkv, rows);
  assert.deepEqual(asked.splice(0), [{ name: qkv, rows }]);
  const permuted = nulled(watched, { kind: "permute" });
  await permuted.read(qkv, rows);
  await permuted.read(qkv, [{ start: 9, end: 10 }]);
  assert.deepEqual(asked.splice(0), [{ name: qkv, rows: undefined }]);
});

Deno.test("a null model asks for the tensors that it needs ahead of time", async () => {
  const asked: (readonly TensorRows[])[] = [];
  const checkpoint = familyCheckpoint("gpt_neox");
  const far = (from: Checkpoint): Checkpoint => ({
    ...from,
    prefetch: (requests) => Promise.resolve(void asked.push(requests)),
  });
  const requests = [{ name: qkv, rows: [{ start: 0, end: 1 }] }];
  await nulled(far(checkpoint), { kind: "permute-rows" }).prefetch!(requests);
  await nulled(far(checkpoint), { kind: "gaussian" }).prefetch!(requests);
  await nulled(far(checkpoint), { kind: "rescale", untrained: far(checkpoint) })
    .prefetch!(requests);
  assert.deepEqual(asked, [requests, [{ name: qkv }], [{ name: qkv }], [{ name: qkv }]]);
  assert.equal(nulled(checkpoint, {}).prefetch, undefined);
});

Deno.test("the digest of a null model tells from what and how it is made", async () => {
  const checkpoint = familyCheckpoint("gpt2");
  const other = { ...checkpoint, digest: () => Promise.resolve("1".repeat(64)) };
  const digests = await Promise.all([
    checkpoint.digest(),
    nulled(checkpoint, {}).digest(),
    nulled(checkpoint, { draw: 1 }).digest(),
    nulled(checkpoint, { seed: 1 }).digest(),
    nulled(checkpoint, { kind: "permute-rows" }).digest(),
    nulled(other, {}).digest(),
    nulled(checkpoint, { kind: "rescale" }).digest(),
    nulled(checkpoint, { kind: "rescale", untrained: other }).digest(),
  ]);
  assert.equal(new Set(digests).size, digests.length);
  for (const digest of digests) assert.match(digest, /^[0-9a-f]{64}$/);
  assert.equal(await nulled(checkpoint, {}).digest(), digests[1]);
});

Deno.test("tensors that are no matrix of the architecture stay as they are", async () => {
  const bias = { name: "h.0.attn.c_attn.bias", dtype: "F16", shape: [48] };
  const plain = familyCheckpoint("gpt2");
  const bytes = new Uint8Array(96).fill(7);
  const checkpoint: Checkpoint = {
    ...plain,
    tensors: new Map([...plain.tensors, [bias.name, bias]]),
    read: (name, rows) =>
      name === bias.name
        ? Promise.resolve({ dtype: "F16", shape: [48], bytes })
        : plain.read(name, rows),
  };
  const gaussian = nulled(checkpoint, { kind: "gaussian" });
  assert.deepEqual((await gaussian.read(bias.name)).bytes, bytes);
  assert.equal(gaussian.tensors.get(bias.name)!.dtype, "F16");
});

Deno.test("a null model can be made again after a read that failed", async () => {
  const plain = familyCheckpoint("gpt_neox");
  let broken = true;
  const flaky: Checkpoint = {
    ...plain,
    read: (name, rows) => broken ? Promise.reject(new Error("link down")) : plain.read(name, rows),
  };
  for (const kind of kinds) {
    const model = nulled(flaky, { kind, ...kind === "rescale" && { untrained: plain } });
    broken = true;
    await assert.rejects(model.read(qkv), /link down/);
    broken = false;
    assert.equal((await model.read(qkv)).shape[0], 48);
  }
});

Deno.test("nullCheckpoint() refuses what it cannot do, and says what to do", async () => {
  const checkpoint = familyCheckpoint("gpt_neox");
  const refuses = (options: object, message: RegExp) =>
    assert.throws(() => nulled(checkpoint, options), message);
  refuses(
    { kind: "permute_rows" },
    /kind must be one of permute, .*, but it is "permute_rows": did you mean permute-rows/,
  );
  refuses({ draw: -1 }, /draw must be an integer from 0 to 9007199254740991, but it is -1/);
  refuses({ seed: 0.5 }, /seed must be an integer from 0 to 9007199254740991, but it is 0.5/);
  refuses({ sed: 1 }, /no option "sed"; did you mean "seed"/);
  refuses({ kind: "rescale", draw: 1 }, /nothing to draw, so its only draw is 0, not 1/);
  refuses({ untrained: checkpoint }, /"permute" takes no untrained checkpoint/);
  const architecture = detectArchitecture(checkpoint);
  assert.throws(
    () => nullCheckpoint(checkpoint, architecture, { kind: "rescale", draw: 0, seed: 0 }),
    /needs the untrained checkpoint: give the one of step 0/,
  );
  assert.throws(
    () => nulled(checkpoint, { kind: "rescale", untrained: familyCheckpoint("gpt2") }),
    /has the shape \[48,16\] in memory and \[none\] in memory/,
  );
  await throwsError(
    () =>
      nullCheckpoint(checkpoint, { ...architecture, heads: null }, {
        kind: "permute",
        draw: 0,
        seed: 0,
      }),
    /needs the number of heads.*put a config\.json/,
  );
  await throwsError(
    () => nulled(checkpoint, {}).read(qkv, [{ start: 40, end: 49 }]),
    /rows 40 to 49 of tensor .* do not exist; it has 48/,
  );
});

Deno.test("kinds that need the scale of a matrix refuse weights without one", async () => {
  const bad = (value: number) =>
    familyCheckpoint("gpt2", "F32", (values) => void values.fill(value));
  const name = "h.0.mlp.c_fc.weight";
  await assert.rejects(
    nulled(bad(Infinity), { kind: "gaussian" }).read(name),
    /holds a weight that is not finite, so it has no scale/,
  );
  await assert.rejects(
    nulled(familyCheckpoint("gpt2"), { kind: "rescale", untrained: bad(0) }).read(name),
    /holds only zeros, which no factor brings to another norm/,
  );
  assert.ok((await valuesOf(nulled(bad(0), { kind: "gaussian" }), name)).every((v) => v === 0));
});

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
