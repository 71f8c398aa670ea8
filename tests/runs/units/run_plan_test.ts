import assert from "node:assert/strict";
import {
  analysisOptions,
  type GivenAnalysisOptions,
  nfdChoices,
} from "../../../lib/runs/analysis_options.ts";
import { runRecord } from "../../../lib/runs/run_record.ts";
import {
  keyOf,
  type RunPlan,
  unitsByShard,
  unitsByStep,
  unitsOf,
  unitsOfShard,
} from "../../../lib/runs/units/run_plan.ts";
import { spectrumChoices, unitName } from "../../../lib/runs/units/unit.ts";
import { planOf } from "./plans.ts";
import { join } from "node:path";
import { OPTIONS } from "../../../lib/options/options.ts";
import { checkOption } from "../../../lib/options/read_options.ts";
import { planFile, readPlan } from "../../../lib/runs/units/stored_plan.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { fullNetworkParts } from "../../../lib/networks/full/full_network_parts.ts";
import { gptNeoXOf } from "../../networks/gpt_neox_of.ts";

Deno.test("unitsOf() lists every part of every checkpoint, checkpoint by checkpoint", () => {
  const names = unitsOf(planOf([0, 8], [5, 6])).map(unitName);
  assert.deepEqual(names, ["step 0 layer 0", "step 0 layer 1", "step 8 layer 0", "step 8 layer 1"]);
});

Deno.test("unitsOfShard() gives each unit to one shard, in the plan's order", () => {
  const plan = planOf([0, 1, 2, 4, 8], [3, 0, 10, 1]);
  for (const count of [1, 2, 3, 7, 20, 50]) {
    const shards = Array.from(
      { length: count },
      (_, i) => unitsOfShard(plan, { index: i + 1, count }),
    );
    assert.deepEqual(shards.flat(), unitsOf(plan), `${count} shards`);
  }
});

Deno.test("unitsOfShard() shares out the work evenly, and keeps checkpoints together", () => {
  const weights = [4, 4, 1, 16, 16, 4, 4, 1, 16, 16];
  const plan = planOf(Array.from({ length: 154 }, (_, i) => i), weights);
  const share = 154 * 82 / 8;
  const stepsOf = [];
  for (let index = 1; index <= 8; index++) {
    const units = unitsOfShard(plan, { index, count: 8 });
    const work = units.reduce((sum, { part }) => sum + weights[part.index]!, 0);
    assert.ok(Math.abs(work - share) <= 16, `${work} of ${share}`);
    stepsOf.push(new Set(units.map(({ step }) => step)));
  }
  const shared = stepsOf.reduce((sum, { size }) => sum + size, 0) - 154;
  assert.ok(shared <= 7, `${shared} checkpoints are in two shards`);
});

/** A plan of samples with all edges, or with those among them. */
function sampledPlan(steps: number, samples: number, edges: "all" | "sampled" = "all"): RunPlan {
  const sampling = { layerSample: 32, qkv: "per-head", edges } as const;
  return planOf(Array.from({ length: steps }, (_, i) => i), Array(samples).fill(1), {
    parts: Array.from({ length: samples }, (_, index) => ({ kind: "sample", index, weights: 1 })),
    choices: { sampling, layers: null, spectrum: null, nodes: null },
  });
}

/** How many shards each step's samples are in. */
function shardsOfSteps(plan: RunPlan, count: number): number[] {
  const shards = unitsByShard(plan, count);
  assert.deepEqual(shards.flat(), unitsOf(plan));
  return plan.checkpoints.map(({ step }) =>
    shards.filter((units) => units.some((unit) => unit.step === step)).length
  );
}

Deno.test("samples that share one reading of a file stay in one shard, unless there are more shards than networks", () => {
  const plan = sampledPlan(154, 10);
  assert.deepEqual(new Set(shardsOfSteps(plan, 64)), new Set([1]));
  const sizes = unitsByShard(plan, 64).map(({ length }) => length);
  assert.deepEqual(new Set(sizes), new Set([20, 30]));
  assert.deepEqual(shardsOfSteps(sampledPlan(3, 10), 6), [2, 2, 2]);
  // What a sample with the edges among its neurons reads is its own.
  const apart = unitsByShard(sampledPlan(154, 10, "sampled"), 64).map(({ length }) => length);
  assert.deepEqual(new Set(apart), new Set([24, 25]));
});

Deno.test("no unit of a full network of 12 billion weights is long, and 64 parts of one step end together", () => {
  const parts = fullNetworkParts(gptNeoXOf(36, 5120));
  const all = parts.reduce((sum, { weights }) => sum + weights, 0);
  const most = Math.max(...parts.map(({ weights }) => weights));
  // Of the guide: a core counts 200 million weights a second, from file to spectrum.
  assert.deepEqual([all, most], [11_324_620_800, 104_857_600]);
  const weights = parts.map(({ weights }) => weights), plan = planOf([0], weights);
  const work = unitsByShard(plan, 64)
    .map((units) => units.reduce((sum, { part }) => sum + weights[part.index]!, 0));
  assert.ok(Math.max(...work) <= all / 64 + most, `${Math.max(...work)}`);
  assert.equal((100 * Math.max(...work) / all).toPrecision(2), "1.9");
});

/** A plan with two parts at two steps and a null model. */
function nullPlan(given: Pick<GivenAnalysisOptions, "null" | "nullDraws" | "nullSeed">) {
  const nodes = { nfdThreshold: 200, minimumEdges: 10, digits: 0 };
  const choices = { sampling: null, layers: null, spectrum: null, nodes };
  const emergence = runRecord(
    "toy",
    analysisOptions({ ...given, network: "full" }),
    150,
    new Map(),
  );
  return planOf([0, 8], [5, 6], { emergence, choices });
}

Deno.test("unitsOf() lists every draw of the null model of a checkpoint after the checkpoint", () => {
  const plan = nullPlan({ null: "permute", nullDraws: 2, nullSeed: 4 });
  assert.deepEqual(unitsOf(plan).slice(6).map(unitName), [
    ...["step 8 layer 0", "step 8 layer 1"],
    ...["step 8 layer 0 of permute draw 0", "step 8 layer 1 of permute draw 0"],
    ...["step 8 layer 0 of permute draw 1", "step 8 layer 1 of permute draw 1"],
  ]);
  assert.deepEqual(unitsByStep(plan).map(({ units }) => units.map(unitName)), [
    ["step 0 layer 0", "step 0 layer 1"],
    ["step 8 layer 0", "step 8 layer 1"],
  ]);
  assert.equal(unitName(unitsByStep(plan, 1)[1]!.units[0]!), "step 8 layer 0 of permute draw 1");
  for (const count of [2, 5, 12]) {
    const shards = Array.from(
      { length: count },
      (_, i) => unitsOfShard(plan, { index: i + 1, count }),
    );
    assert.deepEqual(shards.flat(), unitsOf(plan));
    assert.ok(shards.every(({ length }) => length > 0));
  }
});

Deno.test("the key of a null model's unit tells its kind, draw and seed, and the untrained weights it is made of, and asks for no nodes", () => {
  const plan = nullPlan({ null: "rescale", nullSeed: 4 }), [own, , ofNull] = unitsOf(plan);
  const key = JSON.parse(keyOf(plan, ofNull!));
  assert.deepEqual(key.nullModel, {
    ...{ kind: "rescale", draw: 0, seed: 4, untrained: plan.checkpoints[0]!.sha256 },
  });
  assert.equal(key.choices.nodes, null);
  assert.equal(keyOf(plan, own!), keyOf({ ...plan, emergence: null }, own!));
});

Deno.test("unitsOf() refuses a plan of millions of units before it lists them", () => {
  const many = planOf(Array.from({ length: 1001 }, (_, i) => i), new Array(2000).fill(1));
  assert.throws(
    () => unitsOf(many),
    {
      name: "RangeError",
      message:
        "toy with 1001 steps of 2000 parts has 2002000 networks to measure, more than 2000000; " +
        "ask for fewer steps, samples or draws",
    },
  );
});

Deno.test("a shard is a part of a whole, and is refused with the value where it is none", () => {
  const check = (shard: object) => checkOption("shard", OPTIONS.shard, shard);
  check({ index: 8, count: 8 });
  assert.throws(
    () => check({ index: 9, count: 8 }),
    /^RangeError: shard must be .* 8\/8, but it is { index: 9, count: 8 }$/,
  );
  assert.throws(
    () => check({ index: 1, count: 1e9 }),
    /but it is { index: 1, count: 1000000000 }$/,
  );
});

const options = analysisOptions({ samples: 2, layerSample: 3, null: "permute" });
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
    layers: null,
    spectrum: spectrumChoices(options, 150),
    nodes: { nfdThreshold: 200, minimumEdges: 10, digits: 0 },
  },
  versions,
  emergence: runRecord("toy", options, 150, digests),
  nodes: {
    ...{ model: "toy", modelSize: 99, options: nfdChoices(options) },
    ...{ checkpoints, versions },
  },
};

/** Read a plan whose file holds a value. */
async function read(value: unknown): Promise<unknown> {
  let outcome: unknown;
  await withFolder(async (folder) => {
    const path = join(folder, planFile(value as RunPlan));
    await Deno.writeTextFile(path, JSON.stringify(value));
    outcome = await readPlan(path, "toy").catch((error: Error) => {
      assert.equal(Object.getPrototypeOf(error), Error.prototype, `${error.stack}`);
      const [, what] =
        /^.*plan-[0-9a-f]+\.json: (.*); remove it, and measure its units again$/.exec(
          error.message,
        ) ?? [];
      return what ?? error.message;
    });
  });
  return outcome;
}

Deno.test("a plan is read as it was written, its keys in their order", async () => {
  assert.equal(JSON.stringify(await read(plan)), JSON.stringify(plan));
  const full = analysisOptions({ network: "full" });
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
  const draws = { null: "permute", nullDraws: 100_000, nullSeed: 0 } as const;
  const many = Array.from({ length: 101 }, (_, step) => ({ ...checkpoints[0]!, step }));
  const cases: [value: unknown, what: string][] = [
    [null, "its value is null, not an object"],
    [{ ...plan, emergence: [] }, "emergence is [], not an object"],
    [{ ...plan, emergence: { ...emergence, options: {} } }, "emergence.options.network is missing"],
    [
      { ...plan, emergence: { ...emergence, options: { network: "sampled" } } },
      "emergence.options.samples is missing",
    ],
    [
      { ...plan, emergence: { ...emergence, options: { ...options, filterMode: [1] } } },
      "emergence.options.filterMode is [1], not 0, 1, 2 or 3",
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
      { ...plan, choices: { ...choices, layers: [99] } },
      "its value: choices.layers names layer 99, which is none",
    ],
    [
      {
        ...plan,
        checkpoints: many,
        emergence: { ...emergence!, options: { ...options, ...draws }, checkpoints: many },
        nodes: { ...nodes, checkpoints: many },
      },
      "its value: it has 20200202 units, more than 10000000",
    ],
  ];
  for (const [value, what] of cases) assert.equal(await read(value), what);
});
