import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import type { Checkpoint, FloatType } from "../../../lib/checkpoints/checkpoint.ts";
import { openFolderCheckpoint } from "../../../lib/checkpoints/open_checkpoint.ts";
import { multifractalSpectrum } from "../../../lib/multifractal/multifractal_spectrum.ts";
import {
  fullNetworkMasses,
  type FullNetworkOptions,
} from "../../../lib/networks/full/full_network_masses.ts";
import { growBoxes } from "../../../lib/networks/grow_boxes.ts";
import { keptByLayer } from "../../../lib/networks/mass_table.ts";
import { allClose, close, closeRelative, readGolden } from "../../golden/golden.ts";
import {
  syntheticCheckpoint,
  type SyntheticModel,
  type SyntheticStep,
  syntheticSteps,
} from "../../golden/synthetic_checkpoint.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";
import { everyEdgeOf, families, gptNeoX } from "../small_families.ts";

interface FullGolden {
  readonly steps: readonly {
    readonly step: SyntheticStep;
    readonly nodes: number;
    readonly edges: number;
    readonly selected_nodes: number;
    readonly radii: number;
    readonly tau: number[];
    readonly r_value: number;
    readonly stderr: number;
    readonly alpha: number[];
    readonly f_alpha: number[];
    readonly alpha_right: number;
    readonly width: number;
  }[];
  readonly emergence: { readonly E_full_right: number[] };
}

async function measure(model: SyntheticModel, step: SyntheticStep) {
  const checkpoint = await openFolderCheckpoint(
    await syntheticCheckpoint(model, step),
    model,
    step,
  );
  const { masses, layers } = await fullNetworkMasses(checkpoint, detectArchitecture(checkpoint));
  const spectrum = multifractalSpectrum(masses);
  assert.equal(spectrum.status, "ok");
  return { masses, layers, spectrum };
}

for (
  const [model, file, hidden] of [
    ["pythia-14m", "full_h128", 128],
    ["pythia-70m-deduped", "full_h512", 512],
  ] as const
) {
  Deno.test(`fullNetworkMasses() gives the golden spectra of the full ${model} and its E`, async () => {
    const golden = readGolden<FullGolden>(file);
    const alphas: number[] = [], widths: number[] = [];
    for (const [i, expected] of golden.steps.entries()) {
      const { step } = expected;
      assert.equal(step, syntheticSteps[i]);
      const { masses, layers, spectrum } = await measure(model, step);
      // The golden networks leave out the fixed pattern: in each block h queries with one edge, 2h keys and values with h.
      assert.equal(masses.nodes, expected.nodes + 6 * 3 * hidden);
      assert.equal(masses.edges, expected.edges + 6 * (hidden + 2 * hidden * hidden));
      assert.equal(masses.selected.length, expected.selected_nodes);
      assert.equal(layers.reduce((sum, { kept }) => sum + kept, 0), expected.selected_nodes);
      assert.equal(layers.reduce((sum, { dropped }) => sum + dropped, 0), 6 * 3 * hidden);
      assert.equal(spectrum.radii, expected.radii);
      allClose(spectrum.tau, expected.tau, 1e-13, `tau ${step}`);
      close(spectrum.rValue.at(-1)!, expected.r_value, 1e-13, `r ${step}`);
      closeRelative(spectrum.stderr.at(-1)!, expected.stderr, 1e-12, `stderr ${step}`);
      allClose(spectrum.alpha, expected.alpha, 1e-12, `alpha ${step}`);
      allClose(spectrum.fAlpha, expected.f_alpha, 1e-12, `f ${step}`);
      close(spectrum.width, expected.width, 1e-12, `width ${step}`);
      alphas.push(spectrum.alpha[30]!);
      widths.push(spectrum.width);
    }
    const emergence = alphas.map((alpha, t) =>
      widths[t]! / widths[0]! * Math.log(alphas[0]! / alpha)
    );
    allClose(emergence, golden.emergence.E_full_right, 1e-12, "E");
  });
}

Deno.test("fullNetworkMasses() is what samples are biased against", async () => {
  const golden = readGolden<{
    model: SyntheticModel;
    step: SyntheticStep;
    full: { alpha: number; width: number };
  }[]>("sampling_bias");
  assert.ok(golden.length > 1);
  for (const { model, step, full } of golden) {
    const { spectrum } = await measure(model, step);
    close(spectrum.alpha[30]!, full.alpha, 1e-12, `alpha ${model} ${step}`);
    close(spectrum.width, full.width, 1e-12, `width ${model} ${step}`);
  }
});

const formats: readonly FloatType[] = ["F16", "BF16", "F32", "F64"];

/** The same by way of a network that holds every length. */
async function grown(checkpoint: Checkpoint, options: FullNetworkOptions) {
  const network = await everyEdgeOf(checkpoint);
  const masses = growBoxes(network, options);
  return { masses, layers: keptByLayer(network, masses) };
}

for (const [family, [shapes, config]] of Object.entries(families)) {
  Deno.test(`fullNetworkMasses() of ${family} is growBoxes() of all its neurons and edges, in every format`, async () => {
    for (
      const options of [{}, { threshold: 40.5, minimumEdges: 4 }, { digits: 2, minimumEdges: 0 }]
    ) {
      const expected = await grown(memoryCheckpoint(shapes, "F64", config), options);
      assert.ok(expected.masses.selected.length > 0);
      for (const format of formats) {
        const checkpoint = memoryCheckpoint(shapes, format, config);
        const full = await fullNetworkMasses(checkpoint, detectArchitecture(checkpoint), options);
        assert.deepEqual(full, expected, `${format}, ${JSON.stringify(options)}`);
      }
    }
  });
}

const matrix = (rows: number, columns: number) => ({ "0.weight": [rows, columns] });
const dense = "gpt_neox.layers.0.attention.dense.weight";

function full(checkpoint: Checkpoint, options: FullNetworkOptions = {}) {
  return fullNetworkMasses(checkpoint, detectArchitecture(checkpoint), options);
}

Deno.test("fullNetworkMasses() reads large matrices in parts and tells how many weights it has counted", async () => {
  const checkpoint = memoryCheckpoint(matrix(2100, 2048), "F64");
  const ranges: string[] = [], counted: number[] = [];
  const { masses } = await full({
    ...checkpoint,
    read: (name, rows) => {
      ranges.push(rows!.map(({ start, end }) => `${start}-${end}`).join());
      return checkpoint.read(name, rows);
    },
  }, { onWeights: (weights) => counted.push(weights) });
  assert.deepEqual(ranges, ["0-1024", "1024-2048", "2048-2100"]);
  assert.deepEqual(counted, [1024 * 2048, 2048 * 2048, 2100 * 2048]);
  const whole = await full(memoryCheckpoint(matrix(2100, 2048), "BF16"));
  assert.deepEqual(masses, whole.masses);
});

Deno.test("fullNetworkMasses() leaves out neurons without an edge, and counts those with too few as dropped", async () => {
  // Stored [outputs, inputs]: neuron 2 has no edge, neuron 5 has three.
  const few = memoryCheckpoint(matrix(20, 8), "F16", null, (values) => {
    values.fill(0.1);
    for (let row = 0; row < 20; row++) values[row * 8 + 2] = row % 2 === 0 ? 0 : -0;
    for (let row = 3; row < 20; row++) values[row * 8 + 5] = 0;
  });
  const { masses, layers } = await full(few);
  assert.deepEqual([masses.nodes, masses.edges], [7, 6 * 20 + 3]);
  assert.deepEqual([...masses.selected], [0, 1, 2, 3, 5, 6]);
  assert.deepEqual(layers.map(({ nodes, kept, dropped }) => [nodes, kept, dropped]), [[7, 6, 1]]);
  assert.deepEqual([...masses.radii], [10]);
  assert.deepEqual([...masses.counts], [20, 20, 20, 20, 20, 20]);
});

Deno.test("fullNetworkMasses() of a network without selected nodes has no radii", async () => {
  const { masses } = await full(memoryCheckpoint(matrix(8, 8), "F32"), { threshold: 1.01 });
  assert.deepEqual([masses.radii.length, masses.counts.length, masses.selected.length], [0, 0, 0]);
  assert.equal(masses.nodes, 8);
});

Deno.test("fullNetworkMasses() measures only the layers asked for, by role or by name", async () => {
  const checkpoint = memoryCheckpoint(gptNeoX, "BF16");
  const { masses, layers } = await full(checkpoint, {
    layers: ["attention output", "block 0 query, key, value"],
  });
  assert.deepEqual(layers.map(({ layer, nodes, kept }) => [layer.role, nodes, kept]), [
    ["query, key, value", 48, 0],
    ["attention output", 16, masses.selected.length],
  ]);
  assert.equal(masses.selected[0], 48);
  const whole = (await full(checkpoint)).layers;
  assert.deepEqual(layers, whole.slice(1, 3));
  await assert.rejects(
    full(checkpoint, { layers: ["atention output"] }),
    { name: "RangeError", message: /"atention output".*did you mean "attention output"\?/ },
  );
  await assert.rejects(full(checkpoint, { layers: [] }), {
    message: "layers must be a list of names, none of them empty, but it is []",
  });
  await assert.rejects(full(checkpoint, { layers: ["block output"] }), RangeError);
});

Deno.test("fullNetworkMasses() refuses weights that are not finite, in every format", async () => {
  for (const format of formats) {
    for (const wrong of [NaN, Infinity, -Infinity]) {
      const checkpoint = memoryCheckpoint(gptNeoX, format, null, (values, name) => {
        if (name === dense) values[3 * 16 + 7] = wrong;
      });
      await assert.rejects(full(checkpoint), {
        name: "RangeError",
        message:
          `${dense} of memory holds a weight from neuron 7 of block 0 attention output that ` +
          "is not finite; such a checkpoint cannot be measured",
      }, `${format} ${wrong}`);
    }
  }
});

Deno.test("fullNetworkMasses() refuses fewer weights than there should be, and bad options", async () => {
  const checkpoint = memoryCheckpoint(matrix(20, 8), "F16");
  const short: Checkpoint = {
    ...checkpoint,
    read: async (name, rows) => {
      const { bytes, ...rest } = await checkpoint.read(name, rows);
      return { ...rest, bytes: bytes.subarray(2) };
    },
  };
  await assert.rejects(full(short), /0\.weight of memory gave 159 weights for 20 rows of 8/);
  await assert.rejects(
    full(checkpoint, { treshold: 3 } as FullNetworkOptions),
    { name: "TypeError", message: /did you mean "threshold"/ },
  );
  await assert.rejects(full(checkpoint, { threshold: 1 }), RangeError);
  await assert.rejects(full(checkpoint, { digits: 3 }), {
    name: "RangeError",
    message: /threshold 150 at 3 digits has 150000 rounded lengths/,
  });
});
