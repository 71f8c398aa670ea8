import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { edges, matrix } from "./tiny_blocks.ts";
import { shapesOnly } from "./tiny_models.ts";

Deno.test("a chain behind an embedding of several tokens is measured as a guess, and the table left out", async () => {
  const chain = { "mlp.0.weight": [[1, 2, 3, 4]], "mlp.2.weight": [[5], [6]] };
  const { network } = await edges({ "embd.weight": matrix(7, 2), ...chain });
  assert.equal(network, "0: 4=1\n1: 4=2\n2: 4=3\n3: 4=4\n4: 5=5 6=6");
  const { guess, ignored } = detectArchitecture(shapesOnly({
    "embd.weight": [7, 2],
    "mlp.0.weight": [1, 4],
    "mlp.2.weight": [2, 1],
  }));
  assert.equal(guess, true);
  assert.deepEqual(ignored, [{ tensor: "embd.weight", reason: "embedding" }]);
});

Deno.test("a matrix called an embedding that may be one of the chain is not left out", async () => {
  for (
    const shapes of [
      // It leads to the chain by its rows, or leads on from its end.
      { "embed.weight": [8, 5], "0.weight": [6, 8], "2.weight": [2, 6] },
      { "0.weight": [6, 8], "2.weight": [8, 6], "unembed.weight": [5, 8] },
      { "embed.weight": [9, 5], "0.weight": [6, 8], "2.weight": [2, 6] },
    ]
  ) {
    await throwsError(() => detectArchitecture(shapesOnly(shapes)), /of no known architecture/);
  }
});
