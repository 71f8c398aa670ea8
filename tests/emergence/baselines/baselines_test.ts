import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import type { Checkpoint } from "../../../lib/checkpoints/checkpoint.ts";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import {
  baselineRun,
  baselines,
  type BaselinesOptions,
} from "../../../lib/emergence/baselines/baselines.ts";
import { type BaselineRow, BASELINES } from "../../../lib/emergence/baselines/baseline_row.ts";
import { keyOfColumn } from "../../../lib/files/column_name.ts";
import { closeRelative, readGolden } from "../../golden/golden.ts";
import { syntheticRun } from "../../golden/synthetic_checkpoint.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";
import { familyCheckpoint } from "../null_models/families.ts";
import { fallingColumns } from "./falling_columns.ts";

const measure = (checkpoint: Checkpoint, options?: BaselinesOptions) =>
  baselines(checkpoint, detectArchitecture(checkpoint), options);

Deno.test("baselineRun() gives NumPy's and SciPy's numbers for each matrix and the network", async () => {
  const golden = readGolden<{ rows: Partial<BaselineRow>[] }>("baselines_h128").rows;
  const run = await openRun(await syntheticRun("pythia-14m", [0, 143000]));
  const rows = await baselineRun(run, { steps: [143000] });
  assert.deepEqual(rows.map(({ matrix }) => matrix), golden.map(({ matrix }) => matrix));
  for (const [i, expected] of golden.entries()) {
    const row = rows[i]!;
    assert.deepEqual([row.step, row.status], [143000, "ok"]);
    for (const [name, value] of Object.entries(expected)) {
      const found = row[keyOfColumn(name) as keyof BaselineRow];
      const what = `${name} of ${row.matrix}`;
      if (typeof value === "number") closeRelative(found as number, value, 1e-10, what);
      else assert.equal(found, value, what);
    }
  }
});

Deno.test("baselines() of a diagonal matrix and its start are those worked out by hand", async () => {
  const diagonal = (name: string, ...values: number[]) => ({
    ...memoryCheckpoint({ "0.weight": [2, 3] }, "F64", null, (all) => {
      all.fill(0);
      values.forEach((value, i) => all[i * 4] = value);
    }),
    source: name,
  });
  const trained = diagonal("trained", -0.5, 0.25);
  const [row, network] = await measure(trained, {
    untrained: diagonal("start", 0, 0.25),
    hillK: 1,
  });
  // Lengths 2 and 4.
  assert.equal(row!.edges, 2);
  assert.equal(row!.meanWeightedDegree, 0.75 / 3);
  assert.equal(row!.frobeniusNorm, Math.sqrt(0.3125));
  assert.equal(row!.distanceFromStep0, 0.5);
  closeRelative(row!.stableRank!, 1.25, 1e-15, "stable rank");
  assert.equal(row!.hillExponent, 1 / Math.log(2));
  assert.equal(row!.lengthEntropy, 1);
  assert.equal(row!.spectralExponent, null);
  assert.equal(row!.status, "no spectral exponent: 2 eigenvalues above 0, and it needs 10");
  assert.deepEqual(
    [network!.meanWeightedDegree, network!.frobeniusNorm, network!.lengthEntropy],
    [row!.meanWeightedDegree, row!.frobeniusNorm, 1],
  );
  assert.equal(network!.status, "spectral_exponent of 0 of 1 matrices");
});

Deno.test("baselines() put all lengths beyond the threshold into one bin", async () => {
  const lengths = [2, 3, 4, 100];
  const checkpoint = memoryCheckpoint({ "0.weight": [2, 2] }, "F64", null, (all) => {
    lengths.forEach((length, i) => all[i] = 1 / length);
  });
  const entropy = async (threshold: number) =>
    (await measure(checkpoint, { threshold }))[0]!.lengthEntropy;
  assert.equal(await entropy(150), 2);
  assert.equal(await entropy(3.5), 1.5);
  assert.equal(await entropy(1.5), 0);
});

Deno.test("baselines() are the same whichever way round a matrix is stored", async () => {
  const columns = [...Object.keys(BASELINES)] as (keyof typeof BASELINES)[];
  const gpt2 = familyCheckpoint("gpt2", "F32");
  const name = "h.0.mlp.c_fc.weight";
  const stored = decodeValues(await gpt2.read(name));
  const turned = memoryCheckpoint({ "0.weight": [64, 16] }, "F32", null, (values) => {
    values.forEach((_, i) => values[i] = stored[i % 16 * 64 + Math.floor(i / 16)]!);
  });
  const row = (await measure(gpt2)).find(({ matrix }) => matrix === name)!;
  const [other] = await measure(turned);
  for (const column of columns) {
    if (row[column] === null) assert.equal(other![column], null);
    else closeRelative(other![column]!, row[column], 1e-12, column);
  }
});

Deno.test("baselines() take a convolution's kernel as one edge", async () => {
  const [row] = await measure(familyCheckpoint("resnet", "F32", (values, name) => {
    if (name === "conv1.weight") values.fill(0.1);
  }));
  assert.equal(row!.edges, 16 * 3);
  closeRelative(row!.meanWeightedDegree, 16 * 0.3, 1e-7, "degree");
  closeRelative(row!.stableRank!, 1, 1e-7, "stable rank");
});

Deno.test("baselines() take the largest eigenvalue alone of large matrices and say what else is missing", async () => {
  const rows = await measure(familyCheckpoint("gpt_neox"), { largestSide: 15 });
  const all = "no spectral exponent: the smaller side is 16, above largestSide 15; " +
    "give largestSide: 16, for about 1 s";
  const complete = await measure(familyCheckpoint("gpt_neox"));
  for (const [i, row] of rows.slice(0, -1).entries()) {
    assert.equal(row.status, `no distance: no untrained checkpoint was given; ${all}`);
    assert.equal(row.spectralExponent, null);
    closeRelative(row.stableRank!, complete[i]!.stableRank!, 1e-6, "stable rank");
    assert.ok(row.hillExponent! > 0);
  }
  assert.match(rows.at(-1)!.status, /spectral_exponent of 0 of 4 matrices/);
  assert.match(rows.at(-1)!.status, /no distance: no untrained checkpoint/);
  const [zeros] = await measure(familyCheckpoint("gpt2", "F32", (values) => void values.fill(0)));
  assert.match(
    zeros!.status,
    /no stable rank: all weights are 0; no spectral exponent: 0 eigenvalues above 0.*; no Hill exponent: too few positive values; no entropy: all weights are 0/,
  );
  for (const [name, value] of Object.entries(zeros!)) {
    assert.ok(!Number.isNaN(value), name);
  }
  const [tooFew] = await measure(familyCheckpoint("gpt2"), { hillK: 1000 });
  assert.match(tooFew!.status, /no Hill exponent: too few positive values/);
});

Deno.test("baselines() have the spectral exponent of a matrix 600 wide unless told otherwise, as NumPy 2.4.6 has it", async () => {
  const checkpoint = memoryCheckpoint({ "0.weight": [700, 600] }, "F64", null, (values) => {
    values.set(fallingColumns(1, 700, 600));
  });
  const [row, network] = await measure(checkpoint);
  // x = numpy.linalg.svd(w, compute_uv=False) ** 2; then the fit as powerLawFit() describes it, in NumPy.
  closeRelative(row!.stableRank!, 8.080062838169528, 1e-12, "stable rank");
  closeRelative(row!.spectralExponent!, 1.5596620269465964, 1e-11, "exponent");
  closeRelative(row!.spectralStderr!, 0.5596620269465964 / Math.sqrt(181), 1e-11, "error");
  closeRelative(row!.spectralXmin!, 2.4245754936630597, 1e-11, "xmin");
  closeRelative(row!.spectralDistance!, 0.04432705219258393, 1e-9, "distance");
  assert.equal(row!.spectralTail, 181);
  assert.equal(network!.spectralExponent, row!.spectralExponent);
  const [other] = await measure(checkpoint, { largestSide: 599 });
  assert.equal(other!.spectralExponent, null);
  closeRelative(other!.stableRank!, row!.stableRank!, 1e-6, "stable rank by Lanczos");
});

Deno.test("baselines() say how long the eigenvalues of a large matrix take", async () => {
  const checkpoint = memoryCheckpoint({ "0.weight": [1025, 1025] }, "F32", null, (values) => {
    values.fill(0);
    values[0] = 1;
  });
  const [row] = await measure(checkpoint);
  assert.match(
    row!.status,
    /smaller side is 1025, above largestSide 1024; give largestSide: 1025, for about 2 s; no Hill/,
  );
});

Deno.test("baselines() say that squares of weights may be too large", async () => {
  const reason = "eigenvalues were not reached; squares of weights may be too large for a number";
  for (const [side, largestSide] of [[20, 20], [520, 520], [20, 1]] as const) {
    const shapes = { "0.weight": [side, side] };
    const checkpoint = memoryCheckpoint(shapes, "F64", null, (all) => void (all[3] = 1e200));
    const [row] = await measure(checkpoint, { largestSide });
    assert.match(row!.status, RegExp(`no stable rank.*: ${reason}`));
    assert.deepEqual([row!.stableRank, row!.spectralExponent], [null, null]);
  }
});

Deno.test("baselineRun() says once that it takes the usual steps of a run", async () => {
  const run = { ...await openRun(await syntheticRun("pythia-14m", [0, 143000])), usualSteps: [0] };
  const warnings: string[] = [];
  const onWarning = (warning: string) => void warnings.push(warning);
  for (const _ of [1, 2]) {
    const rows = await baselineRun(run, { largestSide: 1, onWarning });
    assert.ok(rows.every(({ step }) => step === 0));
  }
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!, /^1 of 2 steps of pythia-14m are taken, those with published scores;/);
});

Deno.test("baselineRun() takes each step once, in order, and no distance from a step 0 that is not there", async () => {
  const run = await openRun("suite:nano-64");
  const rows = await baselineRun(run, { steps: [512, 0, 512] });
  assert.deepEqual([...new Set(rows.map(({ step }) => step))], [0, 512]);
  assert.equal(rows.length, 2 * 17);
  for (const row of rows) assert.equal(row.distanceFromStep0 === 0, row.step === 0);
  const headless = { ...run, steps: [512] };
  const [row] = await baselineRun(headless);
  assert.deepEqual([row!.step, row!.distanceFromStep0], [512, null]);
  assert.match(row!.status, /no distance/);
});

Deno.test("baselines() refuse weights that are not finite, other shapes, and options out of range", async () => {
  const bad = familyCheckpoint("gpt2", "F32", (values) => void (values[5] = NaN));
  await assert.rejects(measure(bad), /holds a weight that is not finite/);
  const checkpoint = familyCheckpoint("gpt2");
  const rejects = (options: object, message: RegExp) =>
    assert.rejects(measure(checkpoint, options), message);
  await rejects({ untrained: familyCheckpoint("llama") }, /\[16,48\] in memory and \[none\]/);
  await rejects({ hillK: 0 }, /hillK must be an integer from 1 to 2147483647, but it is 0/);
  await rejects(
    { largestSide: 1.5 },
    /largestSide must be an integer from 1 to 65536, but it is 1.5/,
  );
  await rejects({ threshold: 1 }, /threshold must be a length above 1 such as 150/);
  await rejects({ treshold: 2 }, /no option "treshold"; did you mean "threshold"/);
});
