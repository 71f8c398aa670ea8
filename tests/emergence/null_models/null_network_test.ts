import assert from "node:assert/strict";
import type { Architecture } from "../../../lib/architectures/architecture.ts";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import type { Checkpoint } from "../../../lib/checkpoints/checkpoint.ts";
import { degreeOfEmergence } from "../../../lib/emergence/degree_of_emergence.ts";
import { nullCheckpoint } from "../../../lib/emergence/null_models/null_checkpoint.ts";
import { NullNetwork } from "../../../lib/emergence/null_models/null_network.ts";
import { fullNetworkSpectrum } from "../../../lib/multifractal/full_network_spectrum.ts";
import {
  type MeasuredPart,
  measureFullNetworkPart,
} from "../../../lib/multifractal/measure_full_network_part.ts";
import { fullNetworkParts } from "../../../lib/networks/full/full_network_parts.ts";
import type { NullKind } from "../../../lib/options/measuring_options.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";
import { families, familyCheckpoint } from "./families.ts";

const familyNames = Object.keys(families) as (keyof typeof families)[];
const boxes = { threshold: 60, minimumEdges: 3 };

interface Opened {
  readonly checkpoint: Checkpoint;
  readonly architecture: Architecture;
}

function opened(checkpoint: Checkpoint): Opened {
  return { checkpoint, architecture: detectArchitecture(checkpoint) };
}

/** All layers of a draw of a null model. */
async function dealt(
  { checkpoint, architecture }: Opened,
  kind: NullKind,
  { draw = 0, seed = 0, untrained }: { draw?: number; seed?: number; untrained?: Checkpoint } = {},
): Promise<MeasuredPart[]> {
  const options = { kind, seed, ...untrained && { untrained } };
  const network = new NullNetwork(checkpoint, architecture, options);
  const parts = [];
  for (const part of fullNetworkParts(architecture)) {
    parts.push(await network.measure(part, draw, boxes));
  }
  return parts;
}

/** All layers of a checkpoint. */
async function measured({ checkpoint, architecture }: Opened): Promise<MeasuredPart[]> {
  const parts = [];
  for (const part of fullNetworkParts(architecture)) {
    parts.push(await measureFullNetworkPart(checkpoint, part, boxes));
  }
  return parts;
}

for (const family of familyNames) {
  Deno.test(`"permute" deals the lengths that the matrices of ${family} have`, async () => {
    const own = opened(familyCheckpoint(family)), before = await measured(own);
    const after = await dealt(own, "permute");
    assert.notDeepEqual(after, before);
    for (const [i, part] of after.entries()) {
      assert.equal(part.edges, before[i]!.edges, part.layer.layer.name);
      assert.deepEqual(part.boxes, before[i]!.boxes);
      if (part.layer.dropped + before[i]!.layer.dropped > 0) continue;
      assert.deepEqual(part.edgesAt, before[i]!.edgesAt, part.layer.layer.name);
    }
  });

  for (const kind of ["permute-columns", "permute-rows", "rescale"] as const) {
    Deno.test(`"${kind}" of ${family} is that of its null checkpoint`, async () => {
      const own = opened(familyCheckpoint(family));
      const untrained = kind === "rescale"
        ? { untrained: familyCheckpoint(family, "F32", (values) => values.reverse()) }
        : {};
      const made = nullCheckpoint(own.checkpoint, own.architecture, {
        ...{ kind, draw: 0, seed: 3, ...untrained },
      });
      const expected = await measured({ ...own, checkpoint: made });
      assert.deepEqual(await dealt(own, kind, { seed: 3, ...untrained }), expected);
    });
  }
}

Deno.test("edges of one length are dealt alike to all neurons, however wide they are", async () => {
  const width = 12, layer = "gpt_neox.layers.0";
  const neox = {
    [`${layer}.attention.query_key_value.weight`]: [3 * width, width],
    [`${layer}.attention.dense.weight`]: [width, width],
    [`${layer}.mlp.dense_h_to_4h.weight`]: [50, width],
    [`${layer}.mlp.dense_4h_to_h.weight`]: [width, 50],
  };
  const gpt2 = {
    "h.0.attn.c_attn.weight": [width, 3 * width],
    "h.0.attn.c_proj.weight": [width, width],
    "h.0.mlp.c_fc.weight": [width, 50],
    "h.0.mlp.c_proj.weight": [50, width],
  };
  const config = { model_type: "gpt_neox", num_attention_heads: 4 };
  for (const [shapes, own] of [[neox, config], [gpt2, null]] as const) {
    for (const format of ["F16", "F64"] as const) {
      const all = opened(memoryCheckpoint(shapes, format, own, (values) => values.fill(0.125)));
      assert.deepEqual(await dealt(all, "permute"), await measured(all));
    }
  }
});

Deno.test("a layer of a draw is the same whatever was measured before it", async () => {
  const { checkpoint, architecture } = opened(familyCheckpoint("gpt_neox"));
  const parts = fullNetworkParts(architecture);
  for (const kind of ["permute", "gaussian"] as const) {
    const network = new NullNetwork(checkpoint, architecture, { kind, seed: 0 });
    const backwards = [];
    for (const draw of [2, 0, 1]) {
      for (const part of parts.toReversed()) {
        backwards.push(await network.measure(part, draw, boxes));
      }
    }
    const all = [];
    for (const draw of [1, 0, 2]) {
      all.push(...await dealt({ checkpoint, architecture }, kind, { draw }));
    }
    assert.deepEqual(backwards.reverse(), all);
  }
});

Deno.test("draws, seeds and tensors of the same weights are dealt differently", async () => {
  const shapes = { "fc1.weight": [40, 30], "fc2.weight": [30, 40], "fc3.weight": [40, 30] };
  const own = opened(memoryCheckpoint(shapes, "F32", null, (values) => values.sort()));
  const texts = [];
  for (const [draw, seed] of [[0, 0], [1, 0], [0, 1]] as const) {
    const parts = await dealt(own, "permute", { draw, seed });
    texts.push(...parts.map(({ powers }) => powers.join()));
  }
  assert.equal(new Set(texts).size, 3 * 3);
});

Deno.test("a matrix that two steps share is dealt alike in both, and one that changed is not", async () => {
  const shapes = { "fc1.weight": [40, 30], "fc2.weight": [20, 40] };
  const at = (scale: number) =>
    opened(memoryCheckpoint(shapes, "F32", null, (values, name) => {
      if (name === "fc2.weight") values.forEach((value, i) => values[i] = scale * value);
    }));
  for (const kind of ["permute", "gaussian"] as const) {
    const [first, later] = [await dealt(at(1), kind), await dealt(at(1.01), kind)];
    assert.deepEqual(later[0], first[0]);
    assert.notDeepEqual(later[1], first[1]);
  }
});

Deno.test("a matrix is read once for all draws", async () => {
  const { checkpoint, architecture } = opened(familyCheckpoint("llama"));
  let reads = 0;
  const counted: Checkpoint = {
    ...checkpoint,
    read: (...request) => (reads++, checkpoint.read(...request)),
  };
  const network = new NullNetwork(counted, architecture, { kind: "permute", seed: 0 });
  for (const draw of [0, 1, 2]) {
    for (const part of fullNetworkParts(architecture)) await network.measure(part, draw, boxes);
  }
  assert.equal(reads, architecture.matrices.length);
});

/** The largest distance between two empirical distribution functions (Kolmogorov and Smirnov). */
function distance(a: readonly number[], b: readonly number[]): number {
  const below = (values: readonly number[], x: number) =>
    values.filter((value) => value <= x).length / values.length;
  return Math.max(...[...a, ...b].map((x) => Math.abs(below(a, x) - below(b, x))));
}

for (const kind of ["permute", "gaussian"] as const) {
  Deno.test(`E, alpha_0 and width of "${kind}" are spread as those of shuffled or normal weights`, async () => {
    const draws = 200, shapes = { "fc1.weight": [128, 96], "fc2.weight": [40, 128] };
    // Wide enough that counts are drawn by tables, and with few lengths, so that spectra are cheap.
    const at = (scale: number) =>
      opened(memoryCheckpoint(shapes, "F16", null, (values) => {
        values.forEach((value, i) => values[i] = scale * value);
      }));
    const steps = [{ step: 0, ...at(3) }, { step: 1, ...at(4) }];
    const found: Record<string, number[][]> = { E: [], alpha0: [], width: [] };
    for (const way of ["dealt", "made"]) {
      const own: Record<string, number[]> = { E: [], alpha0: [], width: [] };
      for (let draw = 0; draw < draws; draw++) {
        const spectra = [];
        for (const { step, checkpoint, architecture } of steps) {
          // Weights of nullCheckpoint() move together at all steps unless seeds differ.
          const made = () => nullCheckpoint(checkpoint, architecture, { kind, draw, seed: step });
          const network = new NullNetwork(checkpoint, architecture, { kind, seed: 0 });
          const parts = [];
          for (const part of fullNetworkParts(architecture)) {
            const options = { threshold: 20, q: [-1, 0, 1] };
            parts.push(
              way === "dealt"
                ? await network.measure(part, draw, options)
                : await measureFullNetworkPart(made(), part, options),
            );
          }
          spectra.push({ step, samples: [{ sample: 0, spectrum: fullNetworkSpectrum(parts) }] });
        }
        const [, { E, alpha0, width }] = degreeOfEmergence(spectra) as [unknown, {
          readonly E: number;
          readonly alpha0: number;
          readonly width: number;
        }];
        for (const [name, value] of Object.entries({ E, alpha0, width })) own[name]!.push(value);
      }
      for (const name of Object.keys(own)) found[name]!.push(own[name]!);
    }
    for (const [name, [a, b]] of Object.entries(found)) {
      assert.ok(a!.every(Number.isFinite) && b!.every(Number.isFinite), name);
      // 1.95 √(2 / 200) is passed once in a thousand times.
      assert.ok(distance(a!, b!) < 0.195, `${name}: ${distance(a!, b!)}`);
    }
  });
}
