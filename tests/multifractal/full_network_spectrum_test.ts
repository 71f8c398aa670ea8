import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Checkpoint } from "../../lib/checkpoints/checkpoint.ts";
import { openFolderCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import {
  fullNetworkDimensions,
  fullNetworkSpectrum,
} from "../../lib/multifractal/full_network_spectrum.ts";
import {
  measureFullNetworkPart,
  type MeasurePartOptions,
} from "../../lib/multifractal/measure_full_network_part.ts";
import {
  type MultifractalSpectrum,
  multifractalSpectrum,
} from "../../lib/multifractal/multifractal_spectrum.ts";
import { measureNfd } from "../../lib/nfd/nfd.ts";
import { fullNetworkMasses } from "../../lib/networks/full/full_network_masses.ts";
import { fullNetworkParts } from "../../lib/networks/full/full_network_parts.ts";
import { allClose, close, closeRelative, readGolden } from "../golden/golden.ts";
import {
  syntheticCheckpoint,
  type SyntheticModel,
  type SyntheticStep,
} from "../golden/synthetic_checkpoint.ts";
import { memoryCheckpoint } from "../helpers/memory_checkpoint.ts";
import { everyEdgeOf, families } from "../networks/small_families.ts";

async function measure(checkpoint: Checkpoint, options: MeasurePartOptions = {}) {
  const measured = [];
  for (const part of fullNetworkParts(detectArchitecture(checkpoint))) {
    measured.push(await measureFullNetworkPart(checkpoint, part, options));
  }
  return measured;
}

function sameSpectrum(actual: MultifractalSpectrum, expected: MultifractalSpectrum) {
  assert.equal(actual.status, "ok");
  assert.equal(expected.status, "ok");
  for (const name of ["nodes", "edges", "selectedNodes", "radii"] as const) {
    assert.equal(actual[name], expected[name], name);
  }
  assert.deepEqual(actual.smallestRadii, expected.smallestRadii);
  for (const name of ["tau", "rValue", "alpha", "fAlpha"] as const) {
    allClose(actual[name], expected[name], 1e-12, name);
  }
  for (const name of ["alpha0Analytic", "width"] as const) {
    close(actual[name], expected[name], 1e-12, name);
  }
}

interface FullGolden {
  readonly steps: readonly {
    readonly step: SyntheticStep;
    readonly selected_nodes: number;
    readonly tau: number[];
    readonly stderr: number;
    readonly alpha: number[];
    readonly width: number;
  }[];
}

for (
  const [model, file] of [
    ["pythia-14m", "full_h128"],
    ["pythia-70m-deduped", "full_h512"],
  ] as const
) {
  Deno.test(`fullNetworkSpectrum() gives the golden spectra of the full ${model}, part by part`, async () => {
    for (const { step, ...expected } of readGolden<FullGolden>(file).steps) {
      const folder = await syntheticCheckpoint(model, step);
      const parts = await measure(await openFolderCheckpoint(folder, model, step));
      const spectrum = fullNetworkSpectrum(parts);
      assert.equal(spectrum.status, "ok");
      assert.equal(spectrum.selectedNodes, expected.selected_nodes);
      allClose(spectrum.tau, expected.tau, 1e-13, `tau ${step}`);
      closeRelative(spectrum.stderr.at(-1)!, expected.stderr, 1e-12, `stderr ${step}`);
      allClose(spectrum.alpha, expected.alpha, 1e-12, `alpha ${step}`);
      close(spectrum.width, expected.width, 1e-12, `width ${step}`);
    }
  });
}

Deno.test("fullNetworkSpectrum() is what samples are biased against", async () => {
  const golden = readGolden<{
    model: SyntheticModel;
    step: SyntheticStep;
    full: { alpha: number; width: number };
  }[]>("sampling_bias");
  assert.ok(golden.length > 1);
  for (const { model, step, full } of golden) {
    const folder = await syntheticCheckpoint(model, step);
    const checkpoint = await openFolderCheckpoint(folder, model, step);
    const spectrum = fullNetworkSpectrum(await measure(checkpoint));
    assert.equal(spectrum.status, "ok");
    close(spectrum.alpha[30]!, full.alpha, 1e-12, `alpha ${model} ${step}`);
    close(spectrum.width, full.width, 1e-12, `width ${model} ${step}`);
  }
});

for (const [family, [shapes, config]] of Object.entries(families)) {
  Deno.test(`fullNetworkSpectrum() and fullNetworkDimensions() of ${family} are those of its whole network`, async () => {
    for (
      const options of [{}, { threshold: 40.5, minimumEdges: 4 }, { digits: 2, minimumEdges: 0 }]
    ) {
      const checkpoint = memoryCheckpoint(shapes, "F32", config);
      const architecture = detectArchitecture(checkpoint);
      const parts = await measure(checkpoint, { ...options, nfdThreshold: 90 });
      const { masses, layers } = await fullNetworkMasses(checkpoint, architecture, options);
      sameSpectrum(fullNetworkSpectrum(parts.toReversed()), multifractalSpectrum(masses));
      assert.deepEqual(parts.map(({ layer }) => layer), layers);
      const network = await everyEdgeOf(checkpoint);
      const { threshold: _, ...nodeOptions } = options;
      const expected = measureNfd(network, { ...nodeOptions, nfdThreshold: 90 });
      assert.deepEqual(fullNetworkDimensions(parts), expected);
    }
  });
}

Deno.test("measureFullNetworkPart() gives the same sums in every format, whichever lengths it can have", async () => {
  for (const digits of [0, 2]) {
    const [first, ...others] = await Promise.all(
      (["F64", "F32", "BF16", "F16"] as const).map((format) =>
        measure(memoryCheckpoint(families.gpt2![0], format, families.gpt2![1]), {
          digits,
          minimumEdges: 4,
        })
      ),
    );
    for (const other of others) assert.deepEqual(other, first);
  }
});

/** A model at its last step. */
async function openSynthetic(): Promise<Checkpoint> {
  return await openFolderCheckpoint(
    await syntheticCheckpoint("pythia-14m", 1000),
    "pythia-14m",
    1000,
  );
}

Deno.test("fullNetworkSpectrum() at fixed radii is the spectrum of the whole network's masses there", async () => {
  const checkpoint = await openSynthetic();
  const { masses } = await fullNetworkMasses(checkpoint, detectArchitecture(checkpoint), {
    threshold: 60,
    digits: 1,
  });
  const parts = await measure(checkpoint, { threshold: 60, digits: 1 });
  for (
    const radii of [{ min: 5, max: 60 }, { min: 0.5, max: 60, step: 0.35 }, {
      min: 20.25,
      max: 60,
      step: 0.25,
    }]
  ) {
    const found = fullNetworkSpectrum(parts, { radii });
    sameSpectrum(found, multifractalSpectrum(masses, { radii }));
  }
  assert.throws(
    () => fullNetworkSpectrum(parts, { radii: { min: 5, max: 40 } }),
    /must end at the threshold 60, up to which its parts are counted, but they end at 40; give/,
  );
  assert.throws(() => fullNetworkSpectrum(parts, { radii: { min: 60, max: 5 } }), /not ascend/);
});

Deno.test("measureFullNetworkPart() can take another least number of edges for fractal dimensions", async () => {
  const checkpoint = await openSynthetic();
  const [part] = fullNetworkParts(detectArchitecture(checkpoint));
  const plain = await measureFullNetworkPart(checkpoint, part!, { nfdThreshold: 200 });
  const other = await measureFullNetworkPart(checkpoint, part!, {
    nfdThreshold: 200,
    nfdMinimumEdges: 10_000,
  });
  assert.deepEqual({ ...other, dimensions: null }, { ...plain, dimensions: null });
  assert.ok(plain.dimensions!.values.some((value) => value > 0));
  assert.ok(other.dimensions!.values.every((value) => value === 0));
});

Deno.test("fullNetworkSpectrum() refuses parts that are missing, come twice, or were measured differently", async () => {
  const checkpoint = memoryCheckpoint(families.gpt2![0], "F16");
  const parts = await measure(checkpoint);
  const other = await measure(checkpoint, { threshold: 140 });
  assert.throws(() => fullNetworkSpectrum([]), /no part of a network/);
  assert.throws(() => fullNetworkSpectrum(parts.slice(1)), /number 0 is missing/);
  assert.throws(() => fullNetworkSpectrum([parts[0]!, ...parts]), /number 1 is there twice/);
  assert.throws(
    () => fullNetworkSpectrum([parts[0]!, ...other.slice(1)]),
    /with other options than/,
  );
  assert.throws(() => fullNetworkDimensions(parts), /measured without fractal dimensions/);
});

Deno.test("measureFullNetworkPart() asks a source that is far away for all of a layer's matrices together, and gives what can be cloned", async () => {
  const checkpoint = memoryCheckpoint(families.llama![0], "BF16", families.llama![1]);
  const asked: string[][] = [];
  const parts = await measure({
    ...checkpoint,
    prefetch: (requests) => {
      asked.push(requests.map(({ name }) => name.replace(/.*\.(\w+)\.weight/, "$1")));
      return Promise.resolve();
    },
  }, { nfdThreshold: 200 });
  assert.deepEqual(asked[0], ["q_proj", "k_proj", "v_proj"]);
  assert.deepEqual(structuredClone(parts), parts);
});
