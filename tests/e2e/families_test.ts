import assert from "node:assert/strict";
import { join } from "node:path";
import {
  degreeOfEmergence,
  multifractalSpectra,
  type NetworkSample,
  openRun,
  sampleNetworks,
} from "neuromfa";
import { detectArchitecture } from "neuromfa/checkpoints";
import { type SampleNetworksOptions, sampleNodes } from "neuromfa/networks";
import { type TinyTensors, writeTiny } from "../architectures/tiny_models.ts";
import { normals } from "../golden/seeded_normals.ts";
import { withFolder } from "../helpers/with_folder.ts";

type Rows = number[][];
const [hidden, inside, layerSample, steps] = [16, 40, 8, [0, 1, 2]] as const;

/** A matrix of a training step: normal numbers whose rows differ ever more in strength. */
function matrix(name: string, rows: number, columns: number, step: number): Rows {
  const gains = normals(`${name} rows`, rows).map((z) => Math.exp(0.4 * step * z));
  const values = normals(name, rows * columns);
  return Array.from(
    { length: rows },
    (_, j) =>
      Array.from(
        { length: columns },
        (_, i) => Math.fround(0.1 * gains[j]! * values[j * columns + i]!),
      ),
  );
}

const transposed = (rows: Rows): Rows => rows[0]!.map((_, i) => rows.map((row) => row[i]!));

/** The same two blocks under the names of each family that has no gate; rows are neurons that are led to. */
function blocks(step: number): Record<"gpt_neox" | "gpt2" | "bert" | "vit", TinyTensors> {
  const all = { gpt_neox: {}, gpt2: {}, bert: {}, vit: {} } as Record<string, Record<string, Rows>>;
  for (const block of [0, 1]) {
    const make = (role: string, rows: number, columns: number) =>
      matrix(`${block} ${role}`, rows, columns, step);
    const [q, k, v] = ["q", "k", "v"].map((role) => make(role, hidden, hidden)) as [
      Rows,
      Rows,
      Rows,
    ];
    const fused = [...q, ...k, ...v];
    const [dense, up] = [make("dense", hidden, hidden), make("up", inside, hidden)];
    const down = make("down", hidden, inside);
    const name = { gpt_neox: `gpt_neox.layers.${block}.`, gpt2: `h.${block}.` };
    for (
      const [role, rows] of Object.entries({
        "attention.query_key_value": fused,
        "attention.dense": dense,
        "mlp.dense_h_to_4h": up,
        "mlp.dense_4h_to_h": down,
      })
    ) all.gpt_neox![`${name.gpt_neox}${role}.weight`] = rows;
    for (
      const [role, rows] of Object.entries({
        "attn.c_attn": fused,
        "attn.c_proj": dense,
        "mlp.c_fc": up,
        "mlp.c_proj": down,
      })
    ) all.gpt2![`${name.gpt2}${role}.weight`] = transposed(rows);
    for (const [family, self] of [["bert", "self"], ["vit", "attention"]] as const) {
      for (
        const [role, rows] of Object.entries({
          [`attention.${self}.query`]: q,
          [`attention.${self}.key`]: k,
          [`attention.${self}.value`]: v,
          "attention.output.dense": dense,
          "intermediate.dense": up,
          "output.dense": down,
        })
      ) all[family]![`${family}.encoder.layer.${block}.${role}.weight`] = rows;
    }
  }
  return all;
}

/** Llama's block, with two heads of queries to one of keys and values, and its config. */
function llama(step: number): Record<string, Rows> {
  const shapes = {
    "self_attn.q_proj": [24, hidden],
    "self_attn.k_proj": [12, hidden],
    "self_attn.v_proj": [12, hidden],
    "self_attn.o_proj": [hidden, 24],
    "mlp.gate_proj": [inside, hidden],
    "mlp.up_proj": [inside, hidden],
    "mlp.down_proj": [hidden, inside],
  } as const;
  return Object.fromEntries(
    Object.entries(shapes).map(([role, [rows, columns]]) => [
      `model.layers.0.${role}.weight`,
      matrix(role, rows, columns, step),
    ]),
  );
}
const llamaConfig = { model_type: "llama", num_attention_heads: 4, num_key_value_heads: 2 };

const mlp = (step: number): Record<string, Rows> => ({
  "fc1.weight": matrix("fc1", 24, 6, step),
  "fc2.weight": matrix("fc2", 30, 24, step),
  "fc3.weight": matrix("fc3", 12, 30, step),
});

/** Write a run and sample it; the networks and the table of E. */
async function measure(
  folder: string,
  tensors: (step: number) => TinyTensors,
  config: object | null,
  options: SampleNetworksOptions = {},
) {
  for (const step of steps) await writeTiny(join(folder, `step${step}`), tensors(step), config);
  const run = await openRun(folder);
  const sampled = sampleNetworks(run, { samples: 3, layerSample, ...options });
  const networks: NetworkSample[] = await Array.fromAsync(sampled);
  const spectra = await multifractalSpectra(networks);
  return { run, networks, spectra, rows: degreeOfEmergence(spectra) };
}

/** Lengths of each node's out-edges as the network has them. */
function lengthsByNode({ network: { nodeIds, offsets, lengths } }: NetworkSample) {
  return Array.from(nodeIds, (id, i) => [id, [...lengths.subarray(offsets[i], offsets[i + 1])]]);
}

const lengthsTo = (rows: Rows, source: number) => rows.map((row) => 1 / Math.abs(row[source]!));

Deno.test("GPT-2, BERT and ViT give the networks and the E that GPT-NeoX gives for the same weights", () =>
  withFolder(async (folder) => {
    const of = (family: keyof ReturnType<typeof blocks>, edges: "all" | "sampled") =>
      measure(join(folder, edges, family), (step) => blocks(step)[family], null, {
        edges,
        qkv: "reference",
      });
    for (const edges of ["all", "sampled"] as const) {
      const expected = await of("gpt_neox", edges);
      for (const family of ["gpt2", "bert", "vit"] as const) {
        const { networks, rows } = await of(family, edges);
        assert.equal(networks.length, 9);
        for (const [i, { network }] of networks.entries()) {
          assert.deepEqual(network, expected.networks[i]!.network, `${family} ${edges} ${i}`);
        }
        assert.deepEqual(rows, expected.rows);
      }
      if (edges === "sampled") continue;
      assert.ok(
        expected.rows.every(({ status }) => /^no interval: 3 samples kept[^;]*$/.test(status)),
      );
      assert.equal(expected.rows[0]!.E, 0);
      assert.ok(Math.abs(expected.rows[2]!.E) > 0.01);
    }
  }));

Deno.test("Llama runs from its checkpoints to E, over the edges that its matrices hold", () =>
  withFolder(async (folder) => {
    const { run, networks, rows } = await measure(folder, llama, llamaConfig);
    const architecture = detectArchitecture(await run.checkpoint(2));
    const drawn = sampleNodes(architecture, { sample: 1, layerSample }).layers;
    const tensors = llama(2);
    const part = (role: string) => tensors[`model.layers.0.${role}.weight`]!;
    const [into, gates] = [
      [...part("self_attn.q_proj"), ...part("self_attn.k_proj"), ...part("self_attn.v_proj")],
      [...part("mlp.gate_proj"), ...part("mlp.up_proj")],
    ];
    // First node ids: input 0, query to value 16, attention 64, MLP input 88, gate and up 104, inside 184, output 224.
    const ones = (length: number) => Array<number>(length).fill(1);
    const expected = [
      ...[...drawn[0]!].map((x) => [x, lengthsTo(into, x)]),
      ...[...drawn[1]!].map((x) => [16 + x, x < 24 ? ones(1) : ones(24)]),
      ...[...drawn[2]!].map((x) => [64 + x, lengthsTo(part("self_attn.o_proj"), x)]),
      ...[...drawn[3]!].map((x) => [88 + x, lengthsTo(gates, x)]),
      ...[...drawn[4]!].map((x) => [104 + x, ones(1)]),
      ...[...drawn[5]!].map((x) => [184 + x, lengthsTo(part("mlp.down_proj"), x)]),
    ] as [number, number[]][];
    assert.deepEqual(lengthsByNode(networks[7]!), expected.sort(([a], [b]) => a - b));
    assert.ok(rows.every(({ status }) => /^no interval: 3 samples kept[^;]*$/.test(status)));
    assert.equal(rows[0]!.E, 0);
    assert.ok(Math.abs(rows[2]!.E) > 0.01);
  }));

Deno.test("a plain MLP runs from its checkpoints to E, and tells that a narrow layer was taken whole", () =>
  withFolder(async (folder) => {
    const { run, networks, spectra, rows } = await measure(folder, mlp, null);
    const architecture = detectArchitecture(await run.checkpoint(2));
    const drawn = sampleNodes(architecture, { sample: 1, layerSample }).layers;
    const tensors = mlp(2);
    const starts = [0, 6, 30];
    const expected = [1, 2, 3].flatMap((number, layer) =>
      [...drawn[layer]!.toSorted()].map((x) => [
        starts[layer]! + x,
        lengthsTo(tensors[`fc${number}.weight`]!, x),
      ])
    );
    assert.deepEqual(lengthsByNode(networks[7]!), expected);
    assert.deepEqual(
      spectra[0]!.samples[0]!.layers.map(({ layer, nodes }) => `${nodes} of ${layer.size}`),
      ["6 of 6", "8 of 24", "8 of 30"],
    );
    const note = "few neurons: 20 selected in a sample, fewer than 30";
    assert.ok(rows.every(({ status }) => status.endsWith(`it needs 5; ${note}`)));
    assert.equal(rows[0]!.E, 0);
    assert.ok(Math.abs(rows[2]!.E) > 0.01);
  }));
