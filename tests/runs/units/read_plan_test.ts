import assert from "node:assert/strict";
import { join } from "node:path";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { fullAnalysisOptions } from "../../../lib/runs/full_analysis_options.ts";
import { nodeTablesOptions } from "../../../lib/runs/node_fractal_dimension_options.ts";
import { runRecord } from "../../../lib/runs/run_record.ts";
import { readPlan } from "../../../lib/runs/units/read_plan.ts";
import type { RunPlan } from "../../../lib/runs/units/run_plan.ts";
import { spectrumChoices } from "../../../lib/runs/units/spectrum_choices.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { gptNeoXOf } from "../../networks/gpt_neox_of.ts";

const options = analysisOptions({ samples: 2, layerSample: 3, nullModel: { kind: "permute" } });
const { layerSample, qkv, edges } = options;
const checkpoints = [0, 4].map((step) => ({ step, sha256: `${step}`.padStart(64, "0") }));
const digests = new Map(checkpoints.map(({ step, sha256 }) => [step, sha256]));
const versions = { neuromfa: "0" };
const plan: RunPlan = {
  model: "toy",
  layers: gptNeoXOf(2, 8).layers,
  checkpoints,
  duplicates: [{ steps: [0, 4], digest: "aa" }],
  parts: [0, 1].map((index) => ({ kind: "sample", index, weights: 1 })),
  choices: {
    sampling: { layerSample, qkv, edges },
    only: null,
    spectrum: spectrumChoices(options, 150),
    nodes: { threshold: 200, minimumEdges: 10, digits: 0 },
  },
  versions,
  emergence: runRecord("toy", options, 150, digests),
  nodes: {
    ...{ model: "toy", model_size: 99, options: nodeTablesOptions(options) },
    ...{ checkpoints, versions },
  },
};

/** Read a plan whose file holds a value. */
async function read(value: unknown): Promise<unknown> {
  let outcome: unknown;
  await withFolder(async (folder) => {
    const path = join(folder, "plan-0.json");
    await Deno.writeTextFile(path, JSON.stringify(value));
    outcome = await readPlan(path, "toy").catch((error: Error) => {
      assert.equal(Object.getPrototypeOf(error), Error.prototype, String(error));
      const [, what] = /^.*plan-0\.json: (.*); remove it, and measure its units again$/.exec(
        error.message,
      ) ?? [];
      return what ?? error.message;
    });
  });
  return outcome;
}

Deno.test("a plan is read as it was written, its keys in their order", async () => {
  assert.equal(JSON.stringify(await read(plan)), JSON.stringify(plan));
  const full = fullAnalysisOptions();
  const ofFull: RunPlan = {
    ...plan,
    parts: [{ kind: "layer", index: 1, weights: 64 }],
    choices: { ...plan.choices, sampling: null, spectrum: spectrumChoices(full, 150), nodes: null },
    emergence: runRecord("toy", full, 150, digests),
    nodes: null,
  };
  assert.equal(JSON.stringify(await read(ofFull)), JSON.stringify(ofFull));
});

Deno.test("what is no plan is refused by file and key", async () => {
  const { emergence, nodes, choices } = plan;
  const draws = { kind: "permute", draws: 100_000, seed: 0 } as const;
  const many = Array.from({ length: 101 }, (_, step) => ({ ...checkpoints[0]!, step }));
  const cases: [value: unknown, what: string][] = [
    [null, "its value is null, not an object"],
    [{ ...plan, emergence: [] }, "emergence is [], not an object"],
    [{ ...plan, emergence: { ...emergence, options: {} } }, "emergence.options.samples is missing"],
    [
      { ...plan, emergence: { ...emergence, options: { ...options, filterMode: [1] } } },
      "emergence.options.filterMode is [1], not 0 or 1 or 2 or 3",
    ],
    [{ ...plan, nodes: { ...nodes, model: "../x" } }, 'nodes.model is "../x", not "toy"'],
    [
      { ...plan, emergence: null },
      "its value: emergence and choices.spectrum must both be there or be null",
    ],
    [{ ...plan, nodes: null }, "its value: nodes and choices.nodes must both be there or be null"],
    [
      {
        ...plan,
        emergence: null,
        nodes: null,
        choices: { ...choices, spectrum: null, nodes: null },
      },
      "its value: it is a plan of no tables",
    ],
    [{ ...plan, parts: [] }, "parts is [], not a list with at least one entry"],
    [
      { ...plan, parts: plan.parts.slice(1) },
      "its value: parts are not those that emergence.options asks for",
    ],
    [{ ...plan, parts: [null] }, "parts[0] is null, not an object"],
    [{ ...plan, checkpoints: [] }, "its value: checkpoints is empty"],
    [
      { ...plan, checkpoints: checkpoints.slice(1) },
      "its value: checkpoints lacks step 0, which E compares every step with",
    ],
    [
      { ...plan, checkpoints: checkpoints.slice(0, 1) },
      "its value: emergence.checkpoints are not those of the plan",
    ],
    [
      { ...plan, duplicates: [{ steps: [], digest: "a" }] },
      "duplicates[0].steps is [], not a list of two steps or more",
    ],
    [
      { ...plan, choices: { ...choices, sampling: null } },
      "its value: choices.sampling does not fit emergence.options",
    ],
    [
      { ...plan, choices: { ...choices, only: [99] } },
      "its value: choices.only names layer 99, which is none",
    ],
    [
      {
        ...plan,
        checkpoints: many,
        emergence: { ...emergence, options: { ...options, nullModel: draws }, checkpoints: many },
        nodes: { ...nodes, checkpoints: many },
      },
      "its value: it has 20200202 units, more than 10000000",
    ],
  ];
  for (const [value, what] of cases) assert.equal(await read(value), what);
});
