import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { CheckpointRun } from "../../../lib/checkpoints/checkpoint.ts";
import { analysisOptions, type GivenAnalysisOptions } from "../../../lib/runs/analysis_options.ts";
import { MEASURING } from "../../../lib/runs/units/measuring.ts";
import { planRun } from "../../../lib/runs/units/plan_run.ts";
import { unitsOf } from "../../../lib/runs/units/run_plan.ts";
import { memoryCheckpoint, type Shapes } from "../../helpers/memory_checkpoint.ts";

const width = 12, layer = "gpt_neox.layers.0";

/** Models whose widths 8 does not divide, with matrices of either orientation. */
const models: readonly (readonly [Shapes, Readonly<Record<string, unknown>> | null])[] = [
  [{
    [`${layer}.attention.query_key_value.weight`]: [3 * width, width],
    [`${layer}.attention.dense.weight`]: [width, width],
    [`${layer}.mlp.dense_h_to_4h.weight`]: [50, width],
    [`${layer}.mlp.dense_4h_to_h.weight`]: [width, 50],
  }, { model_type: "gpt_neox", num_attention_heads: 4 }],
  [{
    "h.0.attn.c_attn.weight": [width, 3 * width],
    "h.0.attn.c_proj.weight": [width, width],
    "h.0.mlp.c_fc.weight": [width, 50],
    "h.0.mlp.c_proj.weight": [50, width],
  }, null],
];

/** Two steps of each model. */
const runs = models.map(([shapes, config]): CheckpointRun => ({
  ...{ model: "odd", source: "odd", steps: [0, 8] },
  checkpoint: (step) =>
    Promise.resolve({
      ...memoryCheckpoint(shapes, "F16", config, (values) => {
        values.forEach((value, i) => values[i] = value * (1 + step / 16));
      }),
      step,
      digest: () => Promise.resolve(`${step}`.padStart(64, "0")),
    }),
}));

/** Digest of all units of the models, numbers to twelve digits. */
async function digestOf(given: GivenAnalysisOptions): Promise<string> {
  const q = { min: -2, max: 2, step: 0.5 };
  const options = analysisOptions({ threshold: 150, q, ...given } as GivenAnalysisOptions);
  const hash = createHash("sha256");
  for (const run of runs) {
    const { plan, source } = await planRun(run, { options }, { store: "none" });
    for (const unit of unitsOf(plan)) {
      for await (const { value } of source.measure([unit], plan.choices)) {
        hash.update(JSON.stringify(value, withRounded));
      }
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** What JSON has no way to write, and numbers to twelve digits. */
function withRounded(_: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...value as Float64Array];
  if (value instanceof Map) return [...value];
  if (typeof value !== "number") return value;
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : `${value}`;
}

const sampled = { samples: 2, layerSample: 8 };

/** What is measured, and the digest of its units since {@linkcode MEASURING} became 2. */
const cases: Readonly<Record<string, readonly [GivenAnalysisOptions, string]>> = {
  "samples, edges among them": [{ ...sampled, edges: "sampled" }, "12c5e6fd8d0f8d22"],
  "samples, all edges": [{ ...sampled, edges: "all" }, "4c6e5071c2e08392"],
  "samples, shuffled": [
    { ...sampled, edges: "sampled", null: "permute", nullDraws: 2 },
    "aef5f8fa53265912",
  ],
  "samples, shuffled by rows": [
    { ...sampled, null: "permute-rows", nullDraws: 2 },
    "fbc624ae542f0f41",
  ],
  "samples, scaled": [{ ...sampled, null: "rescale", nullDraws: 1 }, "8f88b53d0a333bb1"],
  "full network": [{ network: "full" }, "901c96159ec1e410"],
  "full network, hundredths": [{ network: "full", digits: 2 }, "fe62504c6098b43d"],
  "full network, shuffled": [
    { network: "full", null: "permute", nullDraws: 2 },
    "b589caba785e8cdd",
  ],
  "full network, normal": [{ network: "full", null: "gaussian", nullDraws: 2 }, "56c96520d257ad0b"],
};

Deno.test("units are what they were when MEASURING was raised last; raise it where a change means other numbers", async () => {
  assert.equal(MEASURING, 2);
  const found: Record<string, string> = {}, expected: Record<string, string> = {};
  for (const [name, [given, digest]] of Object.entries(cases)) {
    found[name] = await digestOf(given);
    expected[name] = digest;
  }
  assert.deepEqual(found, expected);
});
