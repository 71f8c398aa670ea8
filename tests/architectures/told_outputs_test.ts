import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { shapesOnly } from "./tiny_models.ts";

/** A network for images that made its layers in another order than they come in: input and output last. */
const shuffled = {
  "middle.0.conv.weight": [8, 8, 3, 3],
  "middle.1.conv.weight": [8, 8, 3, 3],
  "input.weight": [8, 1, 3, 3],
  "output.weight": [1, 8, 3, 3],
};

Deno.test("convolutions that are a chain only if read as transposed ones are not taken for that", async () => {
  await throwsError(() => detectArchitecture(shapesOnly(shuffled)), /of no known architecture/);
  await throwsError(
    () => detectArchitecture(shapesOnly({ ...shuffled, "input.bias": [8] })),
    /of no known architecture/,
  );
});

Deno.test("transposed convolutions are known by a bias, or by the norm behind one", () => {
  const generator = {
    "make.0.weight": [10, 8, 4, 4],
    "make.1.weight": [8],
    "make.2.weight": [8, 3, 4, 4],
  };
  for (
    const shapes of [generator, {
      "make.0.weight": [10, 8, 4, 4],
      "make.2.weight": [8, 3, 4, 4],
      "make.2.bias": [3],
    }]
  ) {
    const { guess, layers, matrices } = detectArchitecture(shapesOnly(shapes));
    assert.equal(guess, true);
    assert.deepEqual(layers.map(({ size }) => size), [10, 8, 3]);
    assert.deepEqual(matrices.map(({ orientation }) => orientation), ["in, out", "in, out"]);
  }
});

Deno.test("a matrix whose bias is as long as it would have inputs is no link of a chain", async () => {
  const plain = { "a.weight": [6, 4], "b.weight": [4, 6] };
  assert.equal(
    detectArchitecture(shapesOnly({ ...plain, "a.bias": [6], "b.bias": [4] })).guess,
    true,
  );
  await throwsError(
    () => detectArchitecture(shapesOnly({ ...plain, "a.bias": [4], "b.bias": [6] })),
    /of no known architecture/,
  );
});
