import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { CheckpointRun } from "../../lib/checkpoints/checkpoint.ts";
import { openFolderCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import {
  type NetworkSample,
  sampleNetworks,
  type SampleNetworksOptions,
} from "../../lib/networks/sample_networks.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { close, readGolden } from "../golden/golden.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";

const tinyFolder = fileURLToPath(new URL("../golden/checkpoints/tiny", import.meta.url));

/** A run that has the tiny checkpoint at every step. */
function tinyRun(steps: readonly number[]): CheckpointRun {
  return {
    model: "tiny",
    source: "tiny",
    steps,
    checkpoint: async (step) => ({
      ...await openFolderCheckpoint(tinyFolder, "tiny", step),
      source: `tiny/step${step}`,
    }),
  };
}

Deno.test("sampleNetworks() says once that it takes the usual steps of a run, and not where steps are asked for", async () => {
  const run = { ...tinyRun([0, 1, 2]), usualSteps: [0] };
  const warnings: string[] = [];
  const options = {
    ...{ samples: 1, layerSample: 8, allowDuplicates: true },
    onWarning: (warning: string) => void warnings.push(warning),
  };
  assert.equal((await collect(run, { ...options, steps: "all", allowUnrelated: true })).length, 3);
  assert.deepEqual(warnings, []);
  for (const _ of [1, 2]) assert.equal((await collect(run, options)).length, 1);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!, /^1 of 3 steps of tiny are taken, those with published scores;/);
});

async function collect(
  run: CheckpointRun,
  options: SampleNetworksOptions,
): Promise<NetworkSample[]> {
  return await Array.fromAsync(sampleNetworks(run, options));
}

const tiny = { samples: 2, layerSample: 3 };

Deno.test("sampleNetworks() as published gives the golden networks, bit for bit", async () => {
  const run = await openRun(await syntheticRun("pythia-14m", [0, 143000]));
  const networks = await collect(run, { samples: 4, qkv: "reference", edges: "sampled" });
  assert.equal(networks.length, 8);
  for (const { step, sample, network } of networks) {
    assert.deepEqual(network, goldenNetwork("pythia-14m", step, sample), `${step}, ${sample}`);
  }
});

interface SamplingBias {
  readonly step: number;
  readonly "32-node sample, ALL out-edges": Record<"alpha" | "width", [mean: number]>;
}

Deno.test("sampleNetworks() with all edges gives the golden means of alpha and width", async () => {
  const golden = readGolden<SamplingBias[]>("sampling_bias");
  const run = await openRun(await syntheticRun("pythia-14m", [0, 13000]));
  const options = { samples: 5, layerSample: 32, qkv: "reference", edges: "all" } as const;
  const networks = await collect(run, options);
  assert.equal(networks.length, 10);
  for (const { step, "32-node sample, ALL out-edges": expected } of golden) {
    const spectra = networks.filter((network) => network.step === step).map(({ network }) => {
      const spectrum = multifractalSpectrum(growBoxes(network));
      assert.equal(spectrum.status, "ok");
      return spectrum;
    });
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / 5;
    close(mean(spectra.map(({ alpha }) => alpha[30]!)), expected.alpha[0], 1e-12, `alpha ${step}`);
    close(mean(spectra.map(({ width }) => width)), expected.width[0], 1e-12, `width ${step}`);
  }
});

Deno.test("sampleNetworks() goes through the steps ascending, each once, with the same draws at every step", async () => {
  const options = { ...tiny, steps: [10, 0, 10] };
  const networks = await collect(tinyRun([0, 5, 10]), { ...options, allowDuplicates: true });
  assert.deepEqual(networks.map(({ step, sample }) => [step, sample]), [
    [0, 0],
    [0, 1],
    [10, 0],
    [10, 1],
  ]);
  assert.deepEqual(networks[2]!.network, networks[0]!.network);
  assert.notDeepEqual(networks[1]!.network, networks[0]!.network);
});

Deno.test("sampleNetworks() stops at a step that holds the weights of another", async () => {
  const steps: number[] = [];
  await assert.rejects(async () => {
    for await (const { step } of sampleNetworks(tinyRun([0, 10]), tiny)) steps.push(step);
  }, /^Error: steps 0 and 10 of tiny hold the same weights in tiny, .*\(--allow_duplicates\)$/);
  assert.deepEqual(new Set(steps), new Set([0]));
});

Deno.test("sampleNetworks() names the model and the digest of the weights", async () => {
  const [only] = await collect(tinyRun([0]), { ...tiny, samples: 1 });
  const bytes = await Deno.readFile(join(tinyFolder, "model.safetensors"));
  assert.equal(only!.digest, createHash("sha256").update(bytes).digest("hex"));
  assert.equal(only!.model, "tiny");
});

Deno.test("sampleNetworks() keeps all edges and takes true query, key and value rows unless told otherwise", async () => {
  const [plain] = await collect(tinyRun([0]), tiny);
  const [same] = await collect(tinyRun([0]), { ...tiny, qkv: "per-head", edges: "all" });
  const [reference] = await collect(tinyRun([0]), { ...tiny, qkv: "reference", edges: "all" });
  const [sampled] = await collect(tinyRun([0]), { ...tiny, edges: "sampled" });
  assert.deepEqual(plain, same);
  // With all edges a neuron of n1 reaches all rows in either layout; n2, n3 … don't depend on it.
  assert.deepEqual(
    plain!.network.lengths.toSorted(),
    reference!.network.lengths.toSorted(),
  );
  assert.notDeepEqual(plain!.network.lengths, reference!.network.lengths);
  assert.ok(sampled!.network.lengths.length < plain!.network.lengths.length);
});

Deno.test("sampleNetworks() draws ten samples of 32 neurons unless told otherwise", async () => {
  const run = await openRun(await syntheticRun("pythia-14m", [0]));
  const networks = await collect(run, {});
  assert.equal(networks.length, 10);
  // 32 neurons of each layer, three times as many of query, key and value, twice as many of feed-forward hidden.
  assert.equal(networks[9]!.network.nodeIds.length, 6 * 32 * 8);
});

Deno.test("sampleNetworks() refuses a model smaller than the sample, naming its folder", async () => {
  await assert.rejects(
    collect(tinyRun([0]), { layerSample: 9 }),
    /^Error: tiny\/step0 cannot be sampled: layerSample 9 exceeds the 8 neurons of a layer; choose layerSample 8/,
  );
});

Deno.test("sampleNetworks() refuses steps of models of different sizes", async () => {
  const large = await openRun(await syntheticRun("pythia-14m", [0]));
  const small = tinyRun([0, 1]);
  const mixed: CheckpointRun = {
    ...small,
    checkpoint: (step) => (step === 0 ? small : large).checkpoint(0),
  };
  await assert.rejects(
    collect(mixed, tiny),
    /has 31 layers of neurons but the run's first step has 11; a run holds the checkpoints of one/,
  );
});

Deno.test("sampleNetworks() samples an MLP of any size, and refuses another size at a later step", async () => {
  const run = tinyRun([0, 1]);
  const half: CheckpointRun = {
    ...run,
    async checkpoint(step) {
      const checkpoint = await run.checkpoint(step);
      const tensors = [...checkpoint.tensors].map(([name, info]) => {
        const [rows, columns] = info.shape as [number, number];
        const shape = name.endsWith("dense_h_to_4h.weight")
          ? [rows / 2, columns]
          : name.endsWith("dense_4h_to_h.weight")
          ? [rows, columns / 2]
          : info.shape;
        return [name, { ...info, shape }] as const;
      });
      const read: typeof checkpoint.read = (name, rows) =>
        checkpoint.read(name, rows).then(({ dtype, bytes, shape }) =>
          name.endsWith("dense_4h_to_h.weight")
            ? { dtype, bytes: bytes.subarray(0, bytes.length / 2), shape: [shape[0]!, 16] }
            : { dtype, bytes, shape }
        );
      return { ...checkpoint, config: null, tensors: new Map(tensors), read };
    },
  };
  const options = { ...tiny, samples: 1, qkv: "reference" } as const;
  const [{ network } = assert.fail()] = await collect(half, { ...options, steps: [0] });
  assert.equal(network.layers[4]!.size, 16);
  assert.equal(network.nodeIds.at(-1)! < 2 * (8 + 24 + 8 + 8 + 16), true);
  const mixed: CheckpointRun = {
    ...run,
    checkpoint: (step) => (step === 0 ? run : half).checkpoint(step),
  };
  await assert.rejects(
    collect(mixed, options),
    /tiny\/step1 has 16 neurons in block 0 feed-forward hidden but the run's first step has 32;/,
  );
});

Deno.test("sampleNetworks() refuses unknown options, steps that are not there and no samples", async () => {
  await assert.rejects(
    collect(tinyRun([0]), { layer_sample: 3 } as object),
    /no option "layer_sample"; did you mean "layerSample"/,
  );
  const run = await openRun(await syntheticRun("pythia-14m", [0]));
  await assert.rejects(
    collect(run, { steps: [7] }),
    /checkpoint step 7 of pythia-14m is not there/,
  );
  await assert.rejects(
    collect(tinyRun([0]), { ...tiny, edges: "every" as "all" }),
    /edges must be one of all, sampled, but it is "every"/,
  );
  await assert.rejects(
    collect(tinyRun([0]), { ...tiny, qkv: "per_head" as "per-head" }),
    /qkv must be one of per-head, reference, but it is "per_head": did you mean per-head/,
  );
  for (const samples of [0, -1, 1.5, NaN]) {
    await assert.rejects(
      collect(tinyRun([0]), { ...tiny, samples }),
      new RegExp(`samples must be an integer from 1 to 100000, but it is ${samples}`),
    );
  }
});
