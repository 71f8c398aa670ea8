import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import type { Checkpoint, FloatType } from "../../../lib/checkpoints/checkpoint.ts";
import { nullCheckpoint } from "../../../lib/emergence/null_models/null_checkpoint.ts";
import { networksOfCheckpoint } from "../../../lib/networks/sample_networks.ts";
import { drawSamples } from "../../../lib/networks/sample_nodes.ts";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import {
  countedWays,
  type MeasuredSample,
  measureSample,
} from "../../../lib/runs/units/measured_sample.ts";
import { type NullDraw, spectrumChoices, type UnitChoices } from "../../../lib/runs/units/unit.ts";
import { RunSource } from "../../../lib/runs/units/unit_source.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";
import { families } from "../../networks/small_families.ts";

const sampling = { layerSample: 8, qkv: "reference", edges: "all" } as const;

function choicesOf(more: Partial<UnitChoices> = {}, threshold = 150): UnitChoices {
  const spectrum = spectrumChoices(analysisOptions({ minimumEdges: 4 }), threshold);
  const nodes = { nfdThreshold: 120, minimumEdges: 4, digits: 1 };
  return { sampling, layers: null, spectrum, nodes, ...more };
}

/** What a run measures of ten samples, and how often each row was read for it. */
async function measured(
  checkpoint: Checkpoint,
  choices: UnitChoices,
  nullModel: NullDraw | null = null,
) {
  const reads = new Map<string, number>();
  const watched: Checkpoint = {
    ...checkpoint,
    read: (name, rows) => {
      for (const { start, end } of rows ?? []) {
        reads.set(name, (reads.get(name) ?? 0) + end - start);
      }
      return checkpoint.read(name, rows);
    },
  };
  const run = { model: "m", source: "m", steps: [0], checkpoint: () => Promise.resolve(watched) };
  const units = Array.from({ length: 10 }, (_, index) => ({
    ...{ step: 0, sha256: "0".repeat(64), nullModel },
    part: { kind: "sample" as const, index },
  }));
  const found = await Array.fromAsync(new RunSource(run).measure(units, choices));
  assert.deepEqual(found.map(({ index }) => index), [...units.keys()]);
  const values = found.map(({ value }) => value as MeasuredSample);
  assert.deepEqual(found.map(({ weights }) => weights), values.map(({ edges }) => edges));
  return { values, reads };
}

/** The same by way of networks that hold every length. */
async function listed(checkpoint: Checkpoint, choices: UnitChoices): Promise<MeasuredSample[]> {
  const architecture = detectArchitecture(checkpoint), { layerSample } = choices.sampling!;
  const samples = drawSamples(checkpoint, architecture, 10, layerSample)
    .map((nodes, sample) => ({ sample, nodes }));
  const opened = { model: "m", step: 0, digest: "", checkpoint, architecture };
  const networks = networksOfCheckpoint(opened, samples, choices.sampling!);
  return await Array.fromAsync(networks, (network) => measureSample(network, choices));
}

const formats: readonly FloatType[] = ["F16", "BF16", "F32", "F64"];

for (const [family, [shapes, config]] of Object.entries(families)) {
  Deno.test(`samples of ${family} with all edges measure the same counted as listed, to the bit, and each row is read once`, async () => {
    for (const format of formats) {
      const checkpoint = memoryCheckpoint(shapes, format, config);
      for (
        const choices of [
          choicesOf(),
          choicesOf({ nodes: null }, 40.5),
          choicesOf({ spectrum: null }),
          choicesOf({ layers: [0, 1] }),
        ]
      ) {
        assert.notEqual(countedWays(choices), null);
        const { values, reads } = await measured(checkpoint, choices);
        assert.deepEqual(values, await listed(checkpoint, choices), format);
        for (const [name, rows] of reads) assert.ok(rows <= shapes[name]![0]!, name);
      }
    }
  });
}

Deno.test("null models of samples with all edges measure the same counted as listed", async () => {
  const [shapes, config] = families.llama;
  for (const format of ["BF16", "F32"] as const) {
    const checkpoint = memoryCheckpoint(shapes, format, config);
    for (const kind of ["permute", "permute-rows", "gaussian"] as const) {
      const draw = { kind, draw: 1, seed: 3 };
      const { values } = await measured(checkpoint, choicesOf(), draw);
      const same = nullCheckpoint(checkpoint, detectArchitecture(checkpoint), draw);
      assert.deepEqual(values, await listed(same, choicesOf()), `${kind} ${format}`);
    }
  }
});

Deno.test("samples are listed where masses are of paths or of some edges, and where there are too many rounded lengths", async () => {
  const [shapes, config] = families.gpt_neox;
  const checkpoint = memoryCheckpoint(shapes, "F16", config);
  const fine = choicesOf({
    spectrum: { ...choicesOf().spectrum!, digits: 3 },
  });
  for (
    const choices of [
      fine,
      choicesOf({ spectrum: { ...choicesOf().spectrum!, distance: "path" } }),
      choicesOf({ sampling: { ...sampling, edges: "sampled" } }),
      choicesOf({ nodes: { nfdThreshold: 1e5, minimumEdges: 4, digits: 0 } }),
    ]
  ) {
    assert.equal(countedWays(choices), null);
    const { values } = await measured(checkpoint, choices);
    assert.deepEqual(values, await listed(checkpoint, choices));
  }
});
