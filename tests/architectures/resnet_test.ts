import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { sampleNodes } from "../../lib/networks/sample_nodes.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { layersOf, shapesOnly, wholeNetwork, withTiny } from "./tiny_models.ts";

/** A kernel of one position. */
const point = (weight: number) => [[weight]];

/** Two stages of one basic block each, as torchvision names them: 1 → 2 → 2 → 3 channels, 2 classes. */
const basic = {
  "conv1.weight": [[[[3, -4], [0, 12]]], [[[0, 0], [0, -0.5]]]],
  "bn1.weight": [1, 1],
  "layer1.0.conv1.weight": [[[[1, 2, 2]], [[0, 0, 0]]], [[[2, 3, 6]], [[4, 4, 7]]]],
  "layer1.0.conv2.weight": [[point(1), point(2)], [point(-3), point(4)]],
  "layer2.0.conv1.weight": [
    [point(5), point(6)],
    [point(7), point(8)],
    [point(9), point(10)],
  ],
  "layer2.0.conv2.weight": [
    [point(11), point(12), point(13)],
    [point(14), point(15), point(16)],
    [point(17), point(18), point(19)],
  ],
  "layer2.0.downsample.0.weight": [
    [point(20), point(21)],
    [point(22), point(23)],
    [point(24), point(25)],
  ],
  "layer2.0.downsample.1.weight": [1, 1, 1],
  "fc.weight": [[26, 27, 28], [-29, 30, 31]],
};

/** The shapes of ResNet-50's kind with one block in each of two stages, as Hugging Face names them. */
function bottleneck(prefix: string): Record<string, number[]> {
  const stage = (number: number, from: number) => ({
    [`${prefix}encoder.stages.${number}.layers.0.layer.0.convolution.weight`]: [4, from, 1, 1],
    [`${prefix}encoder.stages.${number}.layers.0.layer.1.convolution.weight`]: [4, 4, 3, 3],
    [`${prefix}encoder.stages.${number}.layers.0.layer.2.convolution.weight`]: [16, 4, 1, 1],
  });
  return {
    [`${prefix}embedder.embedder.convolution.weight`]: [8, 3, 7, 7],
    ...stage(0, 8),
    [`${prefix}encoder.stages.0.layers.0.shortcut.convolution.weight`]: [16, 8, 1, 1],
    ...stage(1, 16),
    "classifier.1.weight": [10, 16],
  };
}

Deno.test("ResNet: the network of basic blocks, worked out by hand, norms over kernels and a shortcut among it", () =>
  withTiny(basic, null, async (checkpoint) => {
    // Image 0; block 1: 1–2, 3–4; block 2: 5–6, 7–9; features 10–12; classes 13–14.
    assert.equal(
      await wholeNetwork(checkpoint),
      `
0: 1=13 2=0.5
1: 3=3 4=7
2: 4=9
3: 5=1 6=-3
4: 5=2 6=4
5: 7=5 8=7 9=9 10=20 11=22 12=24
6: 7=6 8=8 9=10 10=21 11=23 12=25
7: 10=11 11=14 12=17
8: 10=12 11=15 12=18
9: 10=13 11=16 12=19
10: 13=26 14=-29
11: 13=27 14=30
12: 13=28 14=31
`.trim(),
    );
  }));

Deno.test("ResNet: bottlenecks as Hugging Face names them, with or without resnet. and classifier", () => {
  for (const prefix of ["resnet.", ""]) {
    const architecture = detectArchitecture(shapesOnly(bottleneck(prefix)));
    assert.equal(architecture.family, "resnet");
    assert.deepEqual(layersOf(architecture), [
      "block 0 image channels: 3",
      "block 1 block input: 8",
      "block 1 block hidden 1: 4",
      "block 1 block hidden 2: 4",
      "block 2 block input: 16",
      "block 2 block hidden 1: 4",
      "block 2 block hidden 2: 4",
      "block 3 features: 16",
      "block 3 classes: 10",
    ]);
    assert.deepEqual(
      architecture.matrices.map(({ role, from, to, kernel }) =>
        `${role} ${from}-${to} × ${kernel}`
      ),
      [
        "stem 0-1 × 49",
        "convolution 1 1-2 × 1",
        "shortcut 1-4 × 1",
        "convolution 2 2-3 × 9",
        "convolution 3 3-4 × 1",
        "convolution 1 4-5 × 1",
        "convolution 2 5-6 × 9",
        "convolution 3 6-7 × 1",
        "classifier 7-8 × 1",
      ],
    );
    const { "classifier.1.weight": _, ...headless } = bottleneck(prefix);
    const { layers } = detectArchitecture(shapesOnly(headless));
    assert.deepEqual([layers.at(-1)!.role, layers.length], ["features", 8]);
    assert.deepEqual(layers.map(({ learned }) => learned).lastIndexOf(true), 6);
  }
});

Deno.test("ResNet: layers are drawn one after another, those with few channels whole", () => {
  const architecture = detectArchitecture(shapesOnly(bottleneck("")));
  const { layers } = sampleNodes(architecture, { sample: 0, layerSample: 6 });
  assert.deepEqual(layers.map(({ length }) => length), [3, 6, 4, 4, 6, 4, 4, 6, 6]);
  assert.deepEqual(layers[0]!.toSorted(), Int32Array.of(0, 1, 2));
});

Deno.test("ResNet: what does not fit is refused by name", async () => {
  const good = bottleneck("");
  const stage = "encoder.stages.1.layers";
  const wrong: [Record<string, number[]>, RegExp][] = [
    [
      { [`${stage}.0.layer.1.convolution.weight`]: [4, 2, 3, 3] },
      /but the channels before it ask for \[4, 4, 3, 3\]/,
    ],
    [{ [`${stage}.0.layer.1.convolution.weight`]: [4, 4] }, /but a convolution has four axes/],
    [
      { [`${stage}.0.layer.3.convolution.weight`]: [4, 4, 1, 1] },
      /place: \S+\.1\.layers\.0\.layer\.3/,
    ],
    [
      { [`${stage}.2.layer.0.convolution.weight`]: [4, 16, 1, 1] },
      /another architecture; .* place: \S+layers\.2/,
    ],
    [
      { [`${stage}.0.shortcut.convolution.weight`]: [8, 16, 1, 1] },
      /the block's other outputs ask for \[16, 16, 1, 1\]/,
    ],
    [
      { "se.weight": [4, 4] },
      /looks like resnet but is another architecture; tensors without a place: se\.weight$/,
    ],
    [{ "classifier.1.weight": [10, 15] }, /but the channels before it ask for \[10, 16\]/],
  ];
  for (const [change, message] of wrong) {
    await throwsError(() => detectArchitecture(shapesOnly({ ...good, ...change })), message);
  }
  const { [`encoder.stages.0.layers.0.shortcut.convolution.weight`]: _, ...without } = good;
  await throwsError(
    () => detectArchitecture(shapesOnly(without)),
    /lacks the tensor encoder\.stages\.0\.layers\.0\.shortcut\.convolution\.weight/,
  );
});

/** Basic blocks, one a stage, without any convolution of a shortcut: channels of the stem and of each stage. */
function withoutShortcuts(kernel: number, stem: number, ...stages: number[]) {
  const channels = [stem, ...stages];
  return Object.fromEntries([
    ["conv1.weight", [stem, 3, kernel, kernel]],
    ...stages.flatMap((size, i) => [
      [`layer${i + 1}.0.conv1.weight`, [size, channels[i]!, 3, 3]],
      [`layer${i + 1}.0.conv2.weight`, [size, size, 3, 3]],
    ]),
    ["fc.weight", [10, stages.at(-1)!]],
  ]) as Record<string, number[]>;
}

Deno.test("ResNet: one that lost every shortcut's convolution is not taken for one that pads with zeros", async () => {
  const { matrices } = detectArchitecture(shapesOnly(withoutShortcuts(3, 4, 4, 8, 16)));
  assert.equal(matrices.length, 8);
  const padded = withoutShortcuts(3, 4, 4, 8, 16);
  const lost: [Record<string, number[]>, RegExp][] = [
    // ResNet-18's kind: a stem of 7 × 7 and four stages.
    [withoutShortcuts(7, 4, 4, 8, 16, 32), /layer2\.0\.downsample\.0\.weight/],
    [withoutShortcuts(3, 4, 4, 8, 16, 32), /layer2\.0\.downsample\.0\.weight/],
    [withoutShortcuts(7, 4, 4, 8, 16), /layer2\.0\.downsample\.0\.weight/],
    [withoutShortcuts(3, 4, 4, 8), /layer2\.0\.downsample\.0\.weight/],
    // Channels that zeros do not double.
    [withoutShortcuts(3, 4, 4, 12, 24), /layer2\.0\.downsample\.0\.weight/],
    [withoutShortcuts(3, 4, 16, 32, 64), /layer1\.0\.downsample\.0\.weight/],
    // The norm of a shortcut without its convolution.
    [{ ...padded, "layer2.0.downsample.1.weight": [8] }, /layer2\.0\.downsample\.0\.weight/],
    [{ ...padded, "layer2.0.shortcut.1.weight": [8] }, /layer2\.0\.downsample\.0\.weight/],
  ];
  for (const [shapes, name] of lost) {
    await throwsError(
      () => detectArchitecture(shapesOnly(shapes)),
      new RegExp(`^tiny lacks the tensor ${name.source}: it is of another kind .*, or not whole$`),
    );
  }
});

Deno.test("ResNet: one stage needs no shortcut, and bottlenecks may call theirs shortcut", () => {
  assert.equal(
    detectArchitecture(shapesOnly(withoutShortcuts(7, 4, 4, 4, 4, 4))).matrices.length,
    10,
  );
  const { matrices } = detectArchitecture(shapesOnly({
    "conv1.weight": [4, 3, 3, 3],
    "layer1.0.conv1.weight": [4, 4, 1, 1],
    "layer1.0.conv2.weight": [4, 4, 3, 3],
    "layer1.0.conv3.weight": [16, 4, 1, 1],
    "layer1.0.shortcut.0.weight": [16, 4, 1, 1],
    "linear.weight": [10, 16],
  }));
  assert.equal(matrices.length, 6);
});
