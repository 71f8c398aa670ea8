import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { layersOf, shapesOnly, wholeNetwork, withTiny } from "./tiny_models.ts";

const sequential = {
  "2.weight": [[7, 8], [9, 10], [11, 12], [0, -0.5]],
  "0.weight": [[1, 2, 3], [4, 5, 6]],
  "0.bias": [1, 1],
  "1.weight": [1, 1],
};

/** Inputs 0–2, inside 3–4, outputs 5–8. */
const network = `
0: 3=1 4=4
1: 3=2 4=5
2: 3=3 4=6
3: 5=7 6=9 7=11
4: 5=8 6=10 7=12 8=-0.5
`.trim();

Deno.test("MLP: the network of numbered matrices, worked out by hand", () =>
  withTiny(sequential, null, async (checkpoint) => {
    assert.equal(await wholeNetwork(checkpoint), network);
    const architecture = detectArchitecture(checkpoint);
    assert.equal(architecture.family, "mlp");
    assert.deepEqual(layersOf(architecture), [
      "layer 0 input: 3",
      "layer 1 hidden: 2",
      "layer 2 output: 4",
    ]);
    assert.deepEqual(architecture.matrices.map(({ role }) => role), ["0", "2"]);
    assert.deepEqual(architecture.draws.map(({ size, times }) => [size, times]), [
      ...[[3, 1], [2, 1], [4, 1]],
    ]);
    assert.ok(architecture.draws.every(({ allOfFew }) => allOfFew));
  }));

Deno.test("MLP: matrices may be called fc<N> or layers.<N>, and 10 comes after 9", () => {
  for (const prefix of ["", "fc", "layers.", "net.fc"]) {
    const shapes = Object.fromEntries(
      [10, 9, 1, 2].map((
        number,
      ) => [`${prefix}${number}.weight`, [
        number,
        number === 1 ? 5 : { 10: 9, 9: 2, 2: 1 }[number]!,
      ]]),
    );
    const { matrices } = detectArchitecture(shapesOnly(shapes));
    assert.deepEqual(matrices.map(({ rows }) => rows), [1, 2, 9, 10]);
  }
});

Deno.test("MLP: a matrix that does not fit the one before is refused by name", async () => {
  await throwsError(
    () => detectArchitecture(shapesOnly({ "fc1.weight": [4, 3], "fc2.weight": [2, 5] })),
    /^tensor fc2\.weight of tiny has the shape \[2, 5\], but the 4 outputs of fc1\.weight ask for \[2, 4\]/,
  );
});

Deno.test("matrices of other names that are all one chain are taken for that, marked as a guess", () => {
  const chains: Record<string, number[]>[] = [
    { "fc1.weight": [4, 3], "out.weight": [2, 4] },
    { "features.0.weight": [4, 3], "classifier.0.weight": [2, 4] },
    { "0.weight": [4, 3, 3, 3], "2.weight": [2, 4] },
    { "body.c1.weight": [6, 1, 5, 5], "body.c2.weight": [5, 6, 3, 3], "head.f.weight": [2, 20] },
  ];
  for (const shapes of chains) {
    const { family, guess, matrices } = detectArchitecture(shapesOnly(shapes));
    assert.deepEqual([family, guess], ["chain", true]);
    assert.deepEqual(matrices.map(({ tensor }) => tensor), Object.keys(shapes));
  }
  // As NumPy codes store them, [in, out] and with biases as rows.
  const rows = { W1: [5, 4], b1: [1, 4], W2: [4, 3], b2: [1, 3] };
  const { guess, matrices } = detectArchitecture(shapesOnly(rows));
  assert.ok(guess);
  assert.deepEqual(matrices.map(({ tensor, rows, columns }) => [tensor, columns, rows]), [
    ["W1", 5, 4],
    ["W2", 4, 3],
  ]);
});

Deno.test("MLP: a matrix left over, a single matrix and nothing at all are no chain", async () => {
  const others = [
    { "fc1.weight": [4, 3], "value.weight": [1, 4], "advantage.weight": [2, 5] },
    { "fc1.weight": [4, 3], "fc2b.weight": [2, 5] },
    { "h.0.attn.weight": [4, 3] },
    { "0.weight": [4] },
    {},
  ];
  for (const shapes of others) {
    await throwsError(
      () => detectArchitecture(shapesOnly(shapes as Record<string, number[]>)),
      /^tiny is of no known architecture; known: .*; tensors without a place: (\S+weight|nothing)/,
    );
  }
});
