import assert from "node:assert/strict";
import { describe } from "../../lib/architectures/describe.ts";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { fullNetworkMasses } from "../../lib/networks/full/full_network_masses.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { measure } from "../../lib/runs/measure.ts";
import { close } from "../golden/golden.ts";
import { memoryCheckpoint, type Shapes } from "../helpers/memory_checkpoint.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { type PlainLayer, plainNetwork } from "./plain_network.ts";
import { layersOf, shapesOnly, wholeNetwork, withTiny, writeTiny } from "./tiny_models.ts";
import { waves } from "./waves.ts";

/** As file order and the alphabet give them. */
const critic: Shapes = {
  "fc1.weight": [40, 33],
  "fc2.weight": [30, 44],
  "fc3.weight": [20, 30],
};
const dueling: Shapes = {
  "fc1.weight": [40, 33],
  "fc2.weight": [40, 40],
  "out_v.weight": [1, 40],
  "out_a.weight": [25, 40],
};
const branches: Shapes = {
  "body.weight": [32, 33],
  "policy.0.weight": [24, 32],
  "policy.2.weight": [20, 24],
  "value.0.weight": [28, 32],
  "value.2.weight": [1, 28],
};
const latent: Shapes = {
  "enc1.weight": [16, 1, 3, 3],
  "enc2.weight": [32, 16, 3, 3],
  "fc_mu.weight": [20, 128],
  "fc_log_var.weight": [20, 128],
  "dec1.weight": [20, 30, 3, 3],
  "dec2.weight": [30, 25, 3, 3],
};

/** Each with its layers and what they feed, written down by hand. */
const networks: Record<string, [Shapes, PlainLayer[], matrices: number]> = {
  critic: [critic, [
    { size: 33, feeds: [{ tensor: "fc1.weight" }] },
    { size: 44, feeds: [{ tensor: "fc2.weight" }] },
    { size: 30, feeds: [{ tensor: "fc3.weight" }] },
  ], 3],
  dueling: [dueling, [
    { size: 33, feeds: [{ tensor: "fc1.weight" }] },
    { size: 40, feeds: [{ tensor: "fc2.weight" }] },
    { size: 40, feeds: [{ tensor: "out_v.weight" }, { tensor: "out_a.weight" }] },
  ], 4],
  "two branches of two matrices": [branches, [
    { size: 33, feeds: [{ tensor: "body.weight" }] },
    { size: 32, feeds: [{ tensor: "policy.0.weight" }, { tensor: "value.0.weight" }] },
    { size: 24, feeds: [{ tensor: "policy.2.weight" }] },
    { size: 28, feeds: [{ tensor: "value.2.weight" }] },
  ], 5],
};

for (const [name, [shapes, layers, matrices]] of Object.entries(networks)) {
  Deno.test(`${name}: the full network has the edges and the E that plain loops give`, () =>
    withFolder(async (folder) => {
      const checkpoint = memoryCheckpoint(shapes, "F32");
      const architecture = detectArchitecture(checkpoint);
      assert.deepEqual([architecture.guess, architecture.matrices.length], [true, matrices]);
      const plain = await plainNetwork(checkpoint, layers);
      const { masses } = await fullNetworkMasses(checkpoint, architecture, { threshold: 1000 });
      assert.equal(masses.edges, plain.lengths.length);
      assert.equal(masses.nodes, plain.nodeIds.length);

      const spectra = [];
      for (const step of [0, 1]) {
        await writeTiny(`${folder}/step${step}`, waves(shapes, 1 + step / 2));
        const stored = await (await openRun(folder)).checkpoint(step);
        const grown = growBoxes(await plainNetwork(stored, layers), { threshold: 60 });
        const spectrum = multifractalSpectrum(grown);
        assert.equal(spectrum.status, "ok");
        spectra.push(spectrum);
      }
      const { rows } = await measure(folder, { network: "full", threshold: 60 });
      const [first, second] = spectra as { alpha0Analytic: number; width: number }[];
      const E = second!.width / first!.width *
        Math.log(first!.alpha0Analytic / second!.alpha0Analytic);
      close(rows[1]!.E, E, 1e-10, name);
    }));
}

Deno.test("critic: each edge leaves the right neuron, worked out by hand", () =>
  withTiny(
    {
      "first.weight": [[1, 0.5], [2, 0.5], [3, 0.5], [4, 0.5]],
      "second.weight": [[5, 6, 7, 8, 9], [10, 11, 12, 13, 14]],
      "third.weight": [[15, 16]],
    },
    null,
    async (checkpoint) => {
      // State 0–1; hidden 2–5 and the action 6; hidden 7–8; value 9.
      assert.equal(
        await wholeNetwork(checkpoint),
        "0: 2=1 3=2 4=3 5=4\n1: 2=0.5 3=0.5 4=0.5 5=0.5\n2: 7=5 8=10\n3: 7=6 8=11\n" +
          "4: 7=7 8=12\n5: 7=8 8=13\n6: 7=9 8=14\n7: 9=15\n8: 9=16",
      );
      const { choice } = detectArchitecture(checkpoint);
      assert.equal(
        choice,
        "second.weight comes from the 4 outputs of first.weight and then 1 new input",
      );
      const architecture = describe(checkpoint);
      assert.deepEqual(architecture.sections, [{
        layers: [
          { role: "input" },
          { role: "hidden 1 and new input", parts: ["of first", "new input"] },
          { role: "hidden 2" },
        ],
        matrices: [
          { tensor: "first.weight", from: "input", to: "of first" },
          { tensor: "second.weight", from: "hidden 1 and new input", to: "hidden 2" },
          { tensor: "third.weight", from: "hidden 2", to: "output" },
        ],
        next: "output",
      }]);
    },
  ));

Deno.test("critic: the README's description of one is measured", async () => {
  const readme = await Deno.readTextFile(
    new URL("../../lib/architectures/README.md", import.meta.url),
  );
  const [, json] = /```json\n(.*?)```/s.exec(readme)!;
  const checkpoint = shapesOnly({
    "fcs1.weight": [400, 33],
    "fc2.weight": [300, 404],
    "fc3.weight": [1, 300],
  });
  const { layers, matrices } = detectArchitecture(checkpoint, { architecture: JSON.parse(json!) });
  assert.deepEqual(layers.map(({ size }) => size), [33, 404, 300, 1]);
  assert.deepEqual(matrices.map(({ from, to, rows, columns }) => [from, to, rows, columns]), [
    ...[[0, 1, 400, 33], [1, 2, 300, 404], [2, 3, 1, 300]],
  ]);
});

Deno.test("heads: those of a layer are beside each other at the end, worked out by hand", () =>
  withTiny(
    {
      "body.weight": [[1], [2], [3]],
      "value.weight": [[4, 5, 6]],
      "moves.weight": [[7, 8, 9], [10, 11, 0]],
    },
    null,
    async (checkpoint) => {
      // Input 0; hidden 1–3; moves 4–5, value 6.
      assert.equal(
        await wholeNetwork(checkpoint),
        "0: 1=1 2=2 3=3\n1: 4=7 5=10 6=4\n2: 4=8 5=11 6=5\n3: 4=9 6=6",
      );
      const architecture = detectArchitecture(checkpoint);
      assert.deepEqual(layersOf(architecture), [
        "block 0 input: 1",
        "block 0 hidden 1: 3",
        "block 0 outputs: 3",
      ]);
      assert.equal(architecture.family, "chain with branches");
      assert.match(
        architecture.choice!,
        /^moves\.weight, value\.weight all come from the 3 outputs/,
      );
    },
  ));

Deno.test("heads behind convolutions, numbered or first by the alphabet, are branches too", () => {
  const heads: Shapes[] = [
    {
      "conv1.weight": [8, 3, 3, 3],
      "conv2.weight": [16, 8, 3, 3],
      "dense3.weight": [48, 64],
      "dense4_1.weight": [2, 48],
      "dense4_2.weight": [4, 48],
    },
    {
      "conv1.weight": [8, 3, 3, 3],
      "conv2_1.weight": [2, 8, 1, 1],
      "conv2_2.weight": [4, 8, 1, 1],
    },
    { "conv1.weight": [8, 3, 3, 3], "left.weight": [2, 32], "right.weight": [4, 32] },
    {
      "actor.weight": [3, 16],
      "critic.weight": [1, 16],
      "fc1.weight": [8, 5],
      "fc2.weight": [16, 8],
    },
    // As JAX stores them, [in, out].
    { "arr_0": [9, 16], "arr_2": [16, 8], "arr_4": [8, 1], "arr_6": [8, 3] },
  ];
  for (const shapes of heads) {
    const { family, matrices } = detectArchitecture(shapesOnly(shapes));
    assert.equal(family, "chain with branches", Object.keys(shapes).join());
    assert.deepEqual(matrices.map(({ tensor }) => tensor).sort(), Object.keys(shapes).sort());
  }
});

Deno.test("means and variances lead to one latent neuron each, which a decoder comes from", () => {
  const { layers, matrices, patterns, choice } = detectArchitecture(shapesOnly(latent));
  assert.deepEqual(
    layers.map(({ role, size }) => `${role}: ${size}`),
    [
      ...["input: 1", "hidden 1: 16", "hidden 2: 32", "means, variances: 40", "latent: 20"],
      ...["hidden 3: 30", "output: 25"],
    ],
  );
  assert.deepEqual(patterns.map(({ from, to, paired }) => [from, to, paired]), [[3, 4, 40]]);
  assert.deepEqual(
    matrices.map(({ tensor, from, to, first, orientation, kernel }) =>
      `${tensor} ${from}-${to}+${first} ${orientation} ${kernel}`
    ),
    [
      "enc1.weight 0-1+0 out, in 9",
      "enc2.weight 1-2+0 out, in 9",
      "fc_mu.weight 2-3+0 out, in 4",
      "fc_log_var.weight 2-3+20 out, in 4",
      "dec1.weight 4-5+0 in, out 9",
      "dec2.weight 5-6+0 in, out 9",
    ],
  );
  assert.match(choice!, /fc_mu\.weight, fc_log_var\.weight are the means and variances/);
});

Deno.test("an autoencoder's decoder may be of transposed convolutions, [in, out]", async () => {
  const shapes = {
    "encoder.0.weight": [3, 1, 2, 2],
    "encoder.2.weight": [4, 3, 2, 2],
    "decoder.0.weight": [4, 3, 2, 2],
    "decoder.2.weight": [3, 5, 2, 2],
  };
  const checkpoint = memoryCheckpoint(shapes, "F32");
  const { masses } = await fullNetworkMasses(checkpoint, detectArchitecture(checkpoint), {
    ...{ threshold: 1000, minimumEdges: 0 },
  });
  const plain = await plainNetwork(checkpoint, [
    { size: 1, feeds: [{ tensor: "encoder.0.weight" }] },
    { size: 3, feeds: [{ tensor: "encoder.2.weight" }] },
    { size: 4, feeds: [{ tensor: "decoder.0.weight", isTurned: true }] },
    { size: 3, feeds: [{ tensor: "decoder.2.weight", isTurned: true }] },
  ]);
  assert.equal(masses.edges, plain.lengths.length);
  // A square one is read as those of its name are.
  const { "decoder.2.weight": _, ...open } = {
    ...shapes,
    "decoder.1.weight": [3, 3, 2, 2],
    "decoder.3.weight": [3, 2, 2, 2],
  };
  const { matrices } = detectArchitecture(shapesOnly(open));
  assert.deepEqual(matrices.map(({ orientation }) => orientation), [
    ...["out, in", "out, in", "in, out", "in, out", "in, out"],
  ]);
  await refused({
    "enc.a.weight": [4, 1, 2, 2],
    "dec.first.weight": [4, 4, 2, 2],
    "dec.last.weight": [4, 2, 2, 2],
  });
});

async function refused(shapes: Shapes) {
  await throwsError(() => detectArchitecture(shapesOnly(shapes)), /^tiny (is of no known|has two)/);
}

Deno.test("what shapes and order leave open is proposed, and refused by a measurement", async () => {
  const open: Record<string, Shapes> = {
    "the joined inputs may be those of the network": {
      "a.weight": [64, 8],
      "b.weight": [32, 72],
      "c.weight": [1, 32],
    },
    "a join ends the chain": { "a.weight": [64, 8], "b.weight": [2, 68] },
    "as many inputs are new as old": {
      "a.weight": [8, 5],
      "b.weight": [6, 14],
      "c.weight": [1, 6],
    },
    "a branch may be added to another, or gate it": {
      "body.weight": [8, 3],
      "gate.weight": [16, 8],
      "up.weight": [16, 8],
      "down.weight": [7, 16],
    },
    "a matrix beside the last may be an adapter of it": {
      "a.weight": [16, 8],
      "b.base.weight": [10, 16],
      "b.lora_A.weight": [2, 16],
      "b.lora_B.weight": [10, 2],
    },
    "a name that ends otherwise is of another kind": {
      "a.weight": [16, 8],
      "b.weight": [4, 16],
      "c.metric": [3, 16],
    },
    "a square matrix beside the last is no head": {
      "a.weight": [16, 8],
      "b.weight": [4, 16],
      "c.weight": [16, 16],
    },
    "a matrix in the middle may be a shortcut": {
      "stem.weight": [8, 3, 3, 3],
      "conv.weight": [16, 8, 3, 3],
      "shortcut.weight": [16, 8, 1, 1],
      "next.weight": [24, 16, 3, 3],
      "fc.weight": [10, 24],
    },
    "a head of either of two layers, of which one goes on by name": {
      "body.weight": [64, 8],
      "net.0.weight": [64, 64],
      "net.2.weight": [1, 64],
      "moves.weight": [4, 64],
    },
    "branches of two matrices from either of two layers": {
      "body.weight": [64, 8],
      "a.0.weight": [64, 64],
      "a.2.weight": [1, 64],
      "b.0.weight": [64, 64],
      "b.2.weight": [2, 64],
    },
    "networks of their own that fit by chance": {
      "policy_net.0.weight": [16, 16],
      "policy_net.2.weight": [16, 16],
      "value_net.0.weight": [16, 16],
      "value_net.2.weight": [16, 16],
      "action_net.weight": [4, 16],
      "value_net.weight": [1, 16],
    },
    "a copy that follows": { "net.a.weight": [8, 8], "target_net.a.weight": [8, 8] },
    "a matrix of one row has no place": {
      "a.weight": [8, 4],
      "b.weight": [6, 8],
      "gain.weight": [1, 5],
    },
    "embeddings that come last by the alphabet": {
      "W": [512, 128],
      "W_U": [128, 60],
      "W_x": [60, 256],
      "W_y": [60, 256],
    },
    "a decoder that begins elsewhere": {
      "conv.weight": [16, 1, 3, 3],
      "mu.weight": [4, 64],
      "logvar.weight": [4, 64],
      "fc.weight": [64, 4],
      "deconv.0.weight": [16, 1, 3, 3],
    },
    "a bias that tells another orientation": {
      "a.weight": [16, 8],
      "b.weight": [4, 16],
      "b.bias": [16],
      "c.weight": [3, 16],
    },
    "kernels stored [height, width, in, out], and heads": {
      "a.weight": [5, 5, 1, 6],
      "b.weight": [10, 5],
      "c.weight": [2, 10],
      "d.weight": [4, 10],
    },
    "kernels stored [height, width, in, out]": { "W1": [5, 5, 1, 6], "W2": [5, 5, 6, 16] },
  };
  for (const [name, shapes] of Object.entries(open)) {
    try {
      await refused(shapes);
    } catch (error) {
      throw new Error(name, { cause: error });
    }
  }
  const { guess, ignored } = describe(
    shapesOnly(open["the joined inputs may be those of the network"]!),
  );
  assert.ok(guess);
  assert.deepEqual(ignored?.map(({ tensors }) => tensors), ["a.weight"]);
});

Deno.test("a description of branches is refused by what is wrong in it", async () => {
  const layers = [{ role: "in" }, { role: "ab", parts: ["a", "b"] }, { role: "out" }];
  const wrong: [object, RegExp][] = [
    [
      { layers, matrices: [{ tensor: "w", from: "a", to: "out" }] },
      /w comes from "a", a part; edges leave a layer with all parts/,
    ],
    [
      { names: "h.{block}.", layers, matrices: [{ tensor: "w", from: "in", to: "ab" }] },
      /a section that another block or section comes after must have a next layer/,
    ],
  ];
  for (const [section, message] of wrong) {
    await throwsError(
      () =>
        detectArchitecture(shapesOnly({ "w": [2, 3] }), {
          architecture: { family: "x", sections: [section] } as never,
        }),
      message,
    );
  }
});
