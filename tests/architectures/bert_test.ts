import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { shapesOnly, type TinyTensors, wholeNetwork, withTiny } from "./tiny_models.ts";

/** One block of hidden size 2 with 3 neurons inside its MLP, as BERT and ViT name it. */
function block(prefix: string, self: string): TinyTensors {
  const layer = `${prefix}encoder.layer.0.`;
  return {
    [`${prefix}embeddings.word_embeddings.weight`]: [[1, 1]],
    [`${layer}attention.${self}.query.weight`]: [[1, 2], [3, 4]],
    [`${layer}attention.${self}.key.weight`]: [[5, 6], [7, 8]],
    [`${layer}attention.${self}.value.weight`]: [[9, 10], [11, 12]],
    [`${layer}attention.output.dense.weight`]: [[13, 14], [15, 16]],
    [`${layer}attention.output.LayerNorm.weight`]: [1, 1],
    [`${layer}intermediate.dense.weight`]: [[17, 18], [19, 20], [21, 22]],
    [`${layer}output.dense.weight`]: [[23, 24, 25], [26, 27, 28]],
    [`${prefix}pooler.dense.weight`]: [[1, 1], [1, 1]],
  };
}

/** Inputs 0–1, queries 2–3, keys 4–5, values 6–7, attention 8–9, MLP input 10–11, inside 12–14, output 15–16. */
const network = `
0: 2=1 3=3 4=5 5=7 6=9 7=11
1: 2=2 3=4 4=6 5=8 6=10 7=12
2: 8=1
3: 9=1
4: 8=1 9=1
5: 8=1 9=1
6: 8=1 9=1
7: 8=1 9=1
8: 10=13 11=15
9: 10=14 11=16
10: 12=17 13=19 14=21
11: 12=18 13=20 14=22
12: 15=23 16=26
13: 15=24 16=27
14: 15=25 16=28
`.trim();

const families = { bert: ["self", "bert."], vit: ["attention", "vit."] } as const;

for (const [family, [self, prefix]] of Object.entries(families)) {
  Deno.test(`${family}: a block's network, worked out by hand, with and without a prefix`, async () => {
    for (const place of [prefix, ""]) {
      const config = place ? { model_type: family, num_hidden_layers: 1, hidden_size: 2 } : null;
      await withTiny(block(place, self), config, async (checkpoint) => {
        assert.equal(detectArchitecture(checkpoint).family, family);
        assert.equal(await wholeNetwork(checkpoint), network);
      });
    }
  });

  Deno.test(`${family}: a decoder's attention to another model has no place`, async () => {
    const shapes = Object.fromEntries(
      Object.entries(block(prefix, self)).map(([name, rows]) => [
        name,
        [rows.length, ...Array.isArray(rows[0]) ? [rows[0].length] : []],
      ]),
    );
    const crossed = `${prefix}encoder.layer.0.crossattention.self.query.weight`;
    await throwsError(
      () => detectArchitecture(shapesOnly({ ...shapes, [crossed]: [2, 2] })),
      new RegExp(`looks like ${family} but is another .* without a place: .*crossattention`),
    );
    const second = `decoder.${prefix}encoder.layer.0.attention.${self}.query.weight`;
    await throwsError(
      () => detectArchitecture(shapesOnly({ ...shapes, [second]: [2, 2] })),
      /two chains of blocks/,
    );
  });
}
