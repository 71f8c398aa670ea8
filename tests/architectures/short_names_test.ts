import assert from "node:assert/strict";
import { describe } from "../../lib/architectures/describe.ts";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { measure } from "../../lib/runs/measure.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";
import {
  bert,
  type Block,
  blocks,
  edges,
  llama,
  matrix,
  model,
  named,
  shared,
} from "./tiny_blocks.ts";
import { layersOf, shapesOnly, type TinyTensors, withTiny, writeTiny } from "./tiny_models.ts";
import { waves } from "./waves.ts";

/** Attention with matrices for each of two heads of 2 neurons. */
function perHead(list: string, [q, k, v]: string[], out: string) {
  const at = out.replace(/[^.]*$/, "");
  return (block: Block, n: number): TinyTensors => ({
    [`${list}.${n}.${out}.weight`]: block.o,
    ...Object.fromEntries(
      ([[q, block.q], [k, block.k], [v, block.v]] as const).flatMap(([name, rows]) =>
        [0, 1].map((head) => [
          `${list}.${n}.${at}heads.${head}.${name}.weight`,
          rows.slice(2 * head, 2 * head + 2),
        ])
      ),
    ),
  });
}

/** What teaching codes call attention and the MLP. */
const namings: [names: string[], out: string, up: string, down: string][] = [
  [["query", "key", "value"], "sa.proj", "ffwd.net.0", "ffwd.net.2"],
  [["query", "key", "value"], "sa.proj", "ff.net.0", "ff.net.2"],
  [["W_Q", "W_K", "W_V"], "self_attn.W_O", "ffn.net.0", "ffn.net.2"],
  [["W_Q", "W_K", "W_V"], "attn.linear", "ffn.net.1", "ffn.net.3"],
];

Deno.test("one matrix for each head is the network of the same rows stacked", async () => {
  const { network } = await edges(model(bert));
  for (const [names, out, up, down] of namings) {
    const tensors = model((block, n) => ({
      ...perHead("blocks", names, out)(block, n),
      [`blocks.${n}.${up}.weight`]: block.up,
      [`blocks.${n}.${down}.weight`]: block.down,
      [`blocks.${n}.sa.heads.0.tril`]: matrix(3, 3),
      [`blocks.${n}.ffn.net.0.bias`]: [1, 2, 3],
    }));
    assert.deepEqual(await edges(tensors), { family: "transformer", network });
    await withTiny(tensors, { n_head: 2 }, (checkpoint) => {
      const { heads, matrices, ignored } = detectArchitecture(checkpoint);
      assert.deepEqual([heads, matrices.length], [2, 2 * (3 * 2 + 3)]);
      assert.deepEqual(ignored!.map(({ reason }) => reason), ["causal mask", "causal mask"]);
      // What is printed names the spelling that is there, and gives the same network.
      const architecture = describe(checkpoint);
      assert.ok(!JSON.stringify(architecture).includes("|"));
      assert.deepEqual(
        detectArchitecture(checkpoint, { architecture }),
        detectArchitecture(checkpoint),
      );
    });
  }
});

Deno.test("E of heads with matrices of their own is that of stacked matrices to the last digit", () =>
  withFolder(async (folder) => {
    const shapes = { q: [24, 12], k: [24, 12], v: [24, 12], o: [12, 24] };
    const inside = { up: [40, 12], down: [12, 40] };
    const measured: string[] = [];
    for (const isStacked of [true, false]) {
      const path = `${folder}/${isStacked}`;
      for (const step of [0, 1]) {
        const rows = waves({ ...shapes, ...inside }, 1 + step) as unknown as Block;
        const warped = Object.fromEntries(
          Object.entries(rows).map(([name, rows]) => [
            name,
            rows.map((row) => row.map((weight) => weight ** (1 + 2 * step) + 0.01)),
          ]),
        ) as unknown as Block;
        const heads = ([["query", "q"], ["key", "k"], ["value", "v"]] as const).flatMap(
          ([name, role]) =>
            [0, 1, 2].map((head) => [
              `blocks.0.sa.heads.${head}.${name}.weight`,
              warped[role].slice(8 * head, 8 * head + 8),
            ]),
        );
        const lecture = {
          ...Object.fromEntries(heads),
          "blocks.0.sa.proj.weight": warped.o,
          "blocks.0.ffwd.net.0.weight": warped.up,
          "blocks.0.ffwd.net.2.weight": warped.down,
        };
        await writeTiny(`${path}/step${step}`, isStacked ? bert(warped, 0) : lecture);
      }
      for (
        const options of [{ samples: 2, layerSample: 9 }, { network: "full" }] as const
      ) {
        const { rows, samples } = await measure(path, options);
        assert.ok(rows[1]!.E !== 0 && Number.isFinite(rows[1]!.E));
        measured.push(JSON.stringify([rows, samples]));
      }
    }
    assert.equal(measured[0], measured[2]);
    assert.equal(measured[1], measured[3]);
  }));

Deno.test("heads that lack a matrix, are too few, or are others than the config's are refused by name", async () => {
  const shapes: Record<string, number[]> = {};
  for (const n of [0, 1]) {
    for (const head of [0, 1]) {
      for (const role of ["query", "key", "value"]) {
        shapes[`blocks.${n}.sa.heads.${head}.${role}.weight`] = [2, 4];
      }
    }
    shapes[`blocks.${n}.sa.proj.weight`] = [4, 4];
    shapes[`blocks.${n}.ffwd.net.0.weight`] = [8, 4];
    shapes[`blocks.${n}.ffwd.net.2.weight`] = [4, 8];
  }
  const without = (...gone: RegExp[]) =>
    shapesOnly(
      Object.fromEntries(
        Object.entries(shapes).filter(([name]) => !gone.some((part) => part.test(name))),
      ),
    );
  for (
    const [checkpoint, message] of [
      [without(/0\.sa\.heads\.1\.key/), /^tiny lacks the tensor blocks\.0\.sa\.heads\.1\.key/],
      [without(/1\.sa\.heads\.1/), /and those that are stacked .* 2 neurons, but .* first .* 4$/],
      [without(/heads\.1/), /tensor blocks\.0\.sa\.proj\.weight of tiny has the shape \[4, 4\]/],
      [without(/1\.sa/), /^tiny lacks the tensor blocks\.1\.sa\.heads\.0\.query\.weight/],
      [
        shapesOnly({ ...shapes, "blocks.2.head.weight": [5, 4] }),
        /looks like transformer .* tensors without a place: blocks\.2\.head\.weight$/,
      ],
      [without(/ffwd\.net\.0/), /of no known architecture/],
      [shapesOnly(shapes, { n_head: 4 }), /says n_head 4 but its tensors say 2/],
      [shapesOnly(shapes, { n_layer: 3 }), /says n_layer 3 but its tensors say 2/],
    ] as const
  ) await throwsError(() => detectArchitecture(checkpoint), message);
});

Deno.test("a gated MLP under w1, w2 and w3, as Llama's own code names it, is Llama's", async () => {
  const config = { num_attention_heads: 2 };
  const { network } = await edges(model(llama, shared), config);
  const tensors = model((block, n) => ({
    ...named((n) => `layers.${n}.`, [
      ...["q", "k", "v", "o"].map((name) => `attention.w${name}`),
      ...["feed_forward.w3", "feed_forward.w2"],
    ])(block, n),
    [`layers.${n}.feed_forward.w1.weight`]: block.gate,
  }), shared);
  assert.deepEqual(await edges(tensors, { n_heads: 2 }), { family: "transformer", network });
});

Deno.test("blocks that are lists, with a fused matrix, and MLPs with dropout between are known", async () => {
  const { network } = await edges(model(bert));
  for (
    const [qkv, out, up, down] of [
      ["0.to_qkv", "0.to_out.0", "1.net.1", "1.net.4"],
      ["0.fn.to_qkv", "0.fn.to_out.0", "1.fn.net.0", "1.fn.net.3"],
      ["attn.qkv", "attn.proj", "ffn.0", "ffn.2"],
      ["attn.qkv", "attn.out_proj", "mlp.0", "mlp.3"],
    ]
  ) {
    const tensors = model((block, n) => ({
      [`transformer.layers.${n}.${qkv}.weight`]: [...block.q, ...block.k, ...block.v],
      [`transformer.layers.${n}.${out}.weight`]: block.o,
      [`transformer.layers.${n}.${up}.weight`]: block.up,
      [`transformer.layers.${n}.${down}.weight`]: block.down,
    }));
    assert.deepEqual(await edges(tensors), { family: "transformer", network });
  }
});

Deno.test("attention alone leads to the next block; an MLP of another kind beside it stops the run", async () => {
  const one = [blocks[0]!];
  const tensors = model(perHead("layers", ["W_Q", "W_K", "W_V"], "W_O"), one);
  await withTiny(tensors, null, (checkpoint) => {
    assert.deepEqual(layersOf(detectArchitecture(checkpoint)), [
      "block 0 block input: 4",
      "block 0 query, key, value: 12",
      "block 0 attention output: 4",
      "block 0 block output: 4",
    ]);
  });
  // As BERT's network begins; what attention leads to is last.
  const { network } = await edges(tensors);
  const { network: whole } = await edges(model(bert, one));
  assert.equal(network, whole.split("\n").slice(0, 20).join("\n"));
  await throwsError(
    () =>
      detectArchitecture(shapesOnly({
        "layers.0.attn.qkv.weight": [12, 4],
        "layers.0.attn.proj.weight": [4, 4],
        "layers.0.experts.weight": [2, 4, 8],
      })),
    /of no known architecture.*layers\.0\.experts\.weight/,
  );
});
