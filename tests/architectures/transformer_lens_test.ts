import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { throwsError } from "../helpers/throws_error.ts";
import {
  bert,
  type Block,
  blocks,
  edges,
  matrix,
  model,
  type Rows,
  transposed,
} from "./tiny_blocks.ts";
import { layersOf, type TinyTensors, withTiny } from "./tiny_models.ts";

const pairs = (rows: Rows) => [rows.slice(0, 2), rows.slice(2, 4)];

/** Attention as TransformerLens stores it. */
const lens = (block: Block, n: number): TinyTensors => ({
  [`blocks.${n}.attn.W_Q`]: pairs(block.q).map(transposed),
  [`blocks.${n}.attn.W_K`]: pairs(block.k).map(transposed),
  [`blocks.${n}.attn.W_V`]: pairs(block.v).map(transposed),
  [`blocks.${n}.attn.W_O`]: pairs(transposed(block.o)),
  [`blocks.${n}.attn.b_Q`]: matrix(2, 2),
  [`blocks.${n}.attn.mask`]: matrix(3, 3),
});
/** As the first studies of grokking stored it. */
const grokking = ({ q, k, v, o, up, down }: Block, n: number): TinyTensors => ({
  [`blocks.${n}.attn.W_Q`]: pairs(q),
  [`blocks.${n}.attn.W_K`]: pairs(k),
  [`blocks.${n}.attn.W_V`]: pairs(v),
  [`blocks.${n}.attn.W_O`]: o,
  [`blocks.${n}.mlp.W_in`]: up,
  [`blocks.${n}.mlp.W_out`]: down,
});

Deno.test("TransformerLens: attention alone leads to the next block, and heads may be wider than the model", async () => {
  await withTiny(model(lens), null, (checkpoint) => {
    const { layers, matrices } = detectArchitecture(checkpoint);
    assert.deepEqual(layers.map(({ size }) => size), [4, 12, 4, 4, 12, 4, 4]);
    assert.deepEqual(
      matrices.map(({ role, from, to }) => `${role} ${from}-${to}`).slice(0, 5),
      ["attn.W_Q 0-1", "attn.W_K 0-1", "attn.W_V 0-1", "attn.W_O 2-3", "attn.W_Q 3-4"],
    );
  });
  const one = [blocks[0]!];
  const alone = await edges(model(lens, one));
  const { network } = await edges(model(bert, one));
  assert.deepEqual(alone, {
    family: "transformer_lens",
    network: network.split("\n").slice(0, 20).join("\n"),
  });
  const wide = {
    "blocks.0.attn.W_Q": [matrix(4, 3), matrix(4, 3)],
    "blocks.0.attn.W_K": [matrix(4, 3), matrix(4, 3)],
    "blocks.0.attn.W_V": [matrix(4, 3), matrix(4, 3)],
    "blocks.0.attn.W_O": [matrix(3, 4), matrix(3, 4)],
  };
  await withTiny(wide, null, (checkpoint) => {
    assert.deepEqual(layersOf(detectArchitecture(checkpoint)), [
      "block 0 block input: 4",
      "block 0 query, key, value: 18",
      "block 0 attention output: 6",
      "block 0 block output: 4",
    ]);
  });
});

Deno.test("TransformerLens: the storage of the first studies of grokking is the same network", async () => {
  const { network } = await edges(model(bert));
  assert.deepEqual(await edges(model(grokking)), { family: "transformer_lens", network });
  // Shapes do not tell where all are square; the storage of attention does.
  const square = blocks.map((block) => ({ ...block, up: matrix(4, 4), down: matrix(4, 4) }));
  assert.equal(
    (await edges(model(grokking, square))).network,
    (await edges(model(bert, square))).network,
  );
});

Deno.test("TransformerLens: storage that shapes do not tell, or that biases contradict, is refused by name", async () => {
  const oneHead = {
    ...grokking(blocks[0]!, 0),
    ...Object.fromEntries(
      ["Q", "K", "V"].map((role) => [`blocks.0.attn.W_${role}`, [matrix(4, 4)]]),
    ),
  };
  // Heads stored [heads, head size, in], where biases say that a head has 2 neurons.
  const turned = {
    ...Object.fromEntries(
      ["Q", "K", "V"].map((role) => [`blocks.0.attn.W_${role}`, pairs(matrix(4, 4))]),
    ),
    "blocks.0.attn.W_O": pairs(matrix(8, 2)),
    "blocks.0.attn.b_Q": matrix(2, 2),
  };
  for (const tensors of [oneHead, turned]) {
    await withTiny(tensors, null, (checkpoint) =>
      throwsError(
        () => detectArchitecture(checkpoint),
        /tensor blocks\.0\.attn\.W_Q of tiny has the shape \[\d, \d, 4\], but a weight matrix|of no known/,
      ));
  }
});

Deno.test("TransformerLens: embeddings of a decision transformer are left out by name", () =>
  withTiny(
    {
      ...Object.fromEntries(
        Object.entries({ ...lens(blocks[0]!, 0) })
          .map(([name, rows]) => [`transformer.${name}`, rows]),
      ),
      "action_embedding.0.weight": matrix(8, 4),
      "reward_embedding.0.weight": matrix(4, 1),
      "state_embedding.weight": matrix(4, 9),
    },
    null,
    (checkpoint) => {
      const { ignored } = detectArchitecture(checkpoint);
      const reasons = Object.fromEntries(ignored!.map(({ tensor, reason }) => [tensor, reason]));
      for (const what of ["action_embedding.0", "reward_embedding.0", "state_embedding"]) {
        assert.equal(reasons[`${what}.weight`], "embedding of a decision transformer");
      }
    },
  ));
