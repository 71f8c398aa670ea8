import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { shapesOnly } from "./tiny_models.ts";

type Shapes = Record<string, number[]>;

/** T5 with this many blocks. */
function t5(encoder: number, decoder: number): Shapes {
  const shapes: Shapes = {};
  const attention = (name: string) => {
    for (const role of ["q", "k", "v", "o"]) shapes[`${name}.${role}.weight`] = [4, 4];
  };
  const inside = (name: string) => {
    shapes[`${name}.DenseReluDense.wi.weight`] = [8, 4];
    shapes[`${name}.DenseReluDense.wo.weight`] = [4, 8];
  };
  for (let n = 0; n < encoder; n++) {
    attention(`encoder.block.${n}.layer.0.SelfAttention`);
    inside(`encoder.block.${n}.layer.1`);
  }
  for (let n = 0; n < decoder; n++) {
    attention(`decoder.block.${n}.layer.0.SelfAttention`);
    attention(`decoder.block.${n}.layer.1.EncDecAttention`);
    inside(`decoder.block.${n}.layer.2`);
  }
  return shapes;
}

/** A mixture of so many experts. */
function mixtral(experts: number): Shapes {
  const at = "model.layers.0.";
  return {
    ...Object.fromEntries(
      ["q", "k", "v", "o"].map((role) => [`${at}self_attn.${role}_proj.weight`, [4, 4]]),
    ),
    ...Object.fromEntries(
      Array.from(
        { length: experts },
        (_, i) =>
          [["w1", [6, 4]], ["w2", [4, 6]], ["w3", [6, 4]]].map(([name, shape]) => [
            `${at}block_sparse_moe.experts.${i}.${name}.weight`,
            shape,
          ]),
      ).flat(),
    ),
  };
}

/** A residual network with so many blocks in each of its stages. */
function resnet(depths: number[]): Shapes {
  const shapes: Shapes = {
    "embedder.embedder.convolution.weight": [4, 3, 7, 7],
    "classifier.1.weight": [10, 4],
  };
  for (const [stage, blocks] of depths.entries()) {
    for (let block = 0; block < blocks; block++) {
      for (const layer of [0, 1]) {
        shapes[`encoder.stages.${stage}.layers.${block}.layer.${layer}.convolution.weight`] = [
          ...[4, 4, 3, 3],
        ];
      }
    }
  }
  return shapes;
}

const whole: [what: string, shapes: Shapes, config: Record<string, unknown>, part?: string][] = [
  ["T5", t5(2, 3), { num_layers: 2, num_decoder_layers: 3 }],
  ["a decoder of T5 as deep as its encoder", t5(2, 2), { num_layers: 2 }],
  ["T5's decoder alone", t5(1, 3), { num_layers: 2, num_decoder_layers: 3 }, "decoder"],
  ["Mixtral", mixtral(3), { num_local_experts: 3 }],
  ["a residual network", resnet([2, 1]), { depths: [2, 1] }],
];

Deno.test("what a config says of blocks, experts and stages, the tensors have", () => {
  for (const [, shapes, config, part] of whole) {
    detectArchitecture(shapesOnly(shapes, config), { part });
  }
});

const halves: typeof whole = [
  ["num_layers 3 but its tensors say 2", t5(2, 3), { num_layers: 3, num_decoder_layers: 3 }],
  ["num_decoder_layers 4 but its tensors say 3", t5(2, 3), {
    ...{ num_layers: 2, num_decoder_layers: 4 },
  }],
  ["num_layers 3 but its tensors say 2", t5(3, 2), { num_layers: 3 }],
  ["num_layers 3 but its tensors say 2", t5(2, 0), { num_layers: 3 }],
  ["num_decoder_layers 4 but its tensors say 3", t5(1, 3), { num_decoder_layers: 4 }, "decoder"],
  ["num_local_experts 4 but its tensors say 3", mixtral(3), { num_local_experts: 4 }],
  ["depths \\[2, 2\\] but its tensors say \\[2, 1\\]", resnet([2, 1]), { depths: [2, 2] }],
];

for (const [message, shapes, config, part] of halves) {
  Deno.test(`a model that is not whole stops by its config: ${message}`, async () => {
    await throwsError(
      () => detectArchitecture(shapesOnly(shapes, config), { part }),
      new RegExp(`of tiny says ${message}`),
    );
  });
}

Deno.test("an expert that lacks a matrix is missed by that name", async () => {
  const { "model.layers.0.block_sparse_moe.experts.2.w3.weight": _, ...shapes } = mixtral(3);
  await throwsError(
    () => detectArchitecture(shapesOnly(shapes)),
    /^tiny lacks the tensor model\.layers\.0\.block_sparse_moe\.experts\.2\.w3\.weight/,
  );
});
