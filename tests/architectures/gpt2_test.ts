import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { layersOf, shapesOnly, wholeNetwork, withTiny } from "./tiny_models.ts";

/** One block of hidden size 2 with 4 neurons inside its MLP; each row of a matrix is of one input. */
const block = {
  "h.0.attn.c_attn.weight": [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]],
  "h.0.attn.c_proj.weight": [[13, 14], [15, 16]],
  "h.0.mlp.c_fc.weight": [[17, 18, 19, 20], [21, 22, 23, 24]],
  "h.0.mlp.c_proj.weight": [[25, 26], [27, 28], [29, 30], [31, 0]],
  // What is no matrix between neurons of a block has no place, and needs none.
  "wte.weight": [[1, 1], [1, 1], [1, 1]],
  "h.0.ln_1.weight": [1, 1],
  "h.0.attn.c_attn.bias": [1, 1, 1, 1, 1, 1],
  "h.0.attn.bias": [[[[1, 0], [1, 1]]]],
};
const config = { model_type: "gpt2", n_layer: 1, n_embd: 2, n_head: 2, n_inner: null };

/** Inputs 0–1, queries 2–3, keys 4–5, values 6–7, attention 8–9, MLP input 10–11, inside 12–15, output 16–17. */
const network = `
0: 2=1 3=2 4=3 5=4 6=5 7=6
1: 2=7 3=8 4=9 5=10 6=11 7=12
2: 8=1
3: 9=1
4: 8=1 9=1
5: 8=1 9=1
6: 8=1 9=1
7: 8=1 9=1
8: 10=13 11=14
9: 10=15 11=16
10: 12=17 13=18 14=19 15=20
11: 12=21 13=22 14=23 15=24
12: 16=25 17=26
13: 16=27 17=28
14: 16=29 17=30
15: 16=31
`.trim();

/** Shapes of two blocks of hidden size 8 with 20 neurons inside their MLPs. */
const good = Object.fromEntries(
  [0, 1].flatMap((block) => [
    [`h.${block}.attn.c_attn.weight`, [8, 24]],
    [`h.${block}.attn.c_proj.weight`, [8, 8]],
    [`h.${block}.mlp.c_fc.weight`, [8, 20]],
    [`h.${block}.mlp.c_proj.weight`, [20, 8]],
  ]),
) as Record<string, number[]>;

Deno.test("GPT-2: a block's network, worked out by hand from matrices stored [in, out]", () =>
  withTiny(block, config, async (checkpoint) => {
    assert.equal(await wholeNetwork(checkpoint), network);
    assert.equal(detectArchitecture(checkpoint).heads, 2);
  }));

Deno.test("GPT-2: the prefix transformer. and a missing config change nothing", () => {
  const prefixed = Object.entries(block).map(([name, rows]) => [`transformer.${name}`, rows]);
  return withTiny(Object.fromEntries(prefixed), null, async (checkpoint) => {
    assert.equal(await wholeNetwork(checkpoint), network);
    assert.equal(detectArchitecture(checkpoint).family, "gpt2");
  });
});

Deno.test("GPT-2: sizes come from the tensors, block after block", () => {
  const architecture = detectArchitecture(shapesOnly(good));
  assert.equal(architecture.layers.length, 11);
  assert.deepEqual(layersOf(architecture).slice(-6), [
    "block 1 block input: 8",
    "block 1 query, key, value: 24",
    "block 1 attention output: 8",
    "block 1 feed-forward input: 8",
    "block 1 feed-forward hidden: 20",
    "block 1 block output: 8",
  ]);
  assert.equal(architecture.matrices.at(-1)!.tensor, "h.1.mlp.c_proj.weight");
});

Deno.test("GPT-2: what does not fit is refused by name", async () => {
  const { "h.1.mlp.c_fc.weight": _, ...incomplete } = good;
  await throwsError(
    () => detectArchitecture(shapesOnly(incomplete)),
    /^tiny lacks the tensor h\.1\.mlp\.c_fc\.weight/,
  );
  await throwsError(
    () => detectArchitecture(shapesOnly({ ...good, "h.1.mlp.c_fc.weight": [20, 8] })),
    /c_fc\.weight of tiny has the shape \[20, 8\], but the first block's sizes ask for \[8, 20\]/,
  );
  await throwsError(
    () => detectArchitecture(shapesOnly({ ...good, "h.0.crossattention.c_attn.weight": [8, 16] })),
    /looks like gpt2 but is another .* without a place: h\.0\.crossattention\.c_attn\.weight$/,
  );
  for (const [entry, value] of Object.entries({ n_layer: 3, n_embd: 16, n_inner: 32 })) {
    await throwsError(
      () => detectArchitecture(shapesOnly(good, { [entry]: value })),
      new RegExp(`says ${entry} ${value} but its tensors say`),
    );
  }
});
