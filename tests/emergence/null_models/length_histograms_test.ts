import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import {
  lengthHistograms,
  normalHistogram,
} from "../../../lib/emergence/null_models/length_histograms.ts";
import { fillNormal, seededStreams } from "../../../lib/emergence/null_models/shuffle.ts";
import { partOfTargets, storedMatrix } from "../../../lib/emergence/null_models/stored_matrix.ts";
import { gaussianLengths } from "../../../lib/multifractal/length_law.ts";
import { lengthBins } from "../../../lib/networks/full/length_bins.ts";
import { normsOfKernels } from "../../../lib/networks/kernel_norm.ts";
import { roundHalfEven } from "../../../lib/numpy/round_half_even.ts";
import { families, familyCheckpoint } from "./families.ts";
import { agreesWith } from "./chi_square.ts";

const lengths = lengthBins(1, 60, 0);

/** The bin of an edge of some weight, as the rule of box growing says it. */
function binOf(weight: number): number {
  const { threshold, outside, zero } = lengths, length = 1 / Math.abs(weight);
  if (weight === 0) return zero;
  return length > 1 && length <= threshold ? roundHalfEven(length) : outside;
}

for (const family of Object.keys(families) as (keyof typeof families)[]) {
  Deno.test(`the lengths of each matrix of ${family} are counted, those of query, key and value apart`, async () => {
    // Each part of a fused tensor has weights of its own size.
    const checkpoint = familyCheckpoint(family, "F32", (values, name) => {
      values.forEach((value, i) => values[i] = value * (1 + (i + name.length) % 5));
    });
    const architecture = detectArchitecture(checkpoint);
    for (const matrix of architecture.matrices) {
      const stored = storedMatrix(matrix, architecture), partOf = partOfTargets(stored);
      const expected = stored.parts.map(() => new Float64Array(lengths.bins));
      const values = decodeValues(await checkpoint.read(matrix.tensor));
      const edges = stored.kernel > 1 ? normsOfKernels(values, stored.kernel) : values;
      edges.forEach((weight, i) => {
        const [row, column] = [Math.floor(i / stored.columns), i % stored.columns];
        expected[partOf[stored.rowsAreTargets ? row : column]!]![binOf(weight)]!++;
      });
      assert.deepEqual(await lengthHistograms(checkpoint, matrix, stored, lengths), expected);
    }
  });
}

Deno.test("a matrix with a weight that is not finite has no lengths", async () => {
  const checkpoint = familyCheckpoint("llama", "F32", (values) => values[5] = Infinity);
  const architecture = detectArchitecture(checkpoint), matrix = architecture.matrices[0]!;
  await assert.rejects(
    lengthHistograms(checkpoint, matrix, storedMatrix(matrix, architecture), lengths),
    /q_proj.weight of memory holds a weight that is not finite, so it has no null model/,
  );
});

const streams = seededStreams(0, 0, "normal weights");
/** How many edges of each length `normalHistogram()` draws, all of some draws together. */
function drawn(deviation: number, kernel: number, draws: number): Float64Array {
  const all = new Float64Array(lengths.bins);
  for (let draw = 0; draw < draws; draw++) {
    const own = normalHistogram(2000, deviation, kernel, lengths, streams(draw));
    assert.equal(own.reduce((sum, count) => sum + count, 0), 2000);
    own.forEach((count, bin) => all[bin]! += count);
  }
  return all;
}
const times = (histogram: Float64Array) => new Map(histogram.entries());

Deno.test("normal weights have the lengths that their distribution says", () => {
  const { within } = gaussianLengths(0.03, { threshold: 60, digits: 0 });
  const outside = 1 - within.reduce((sum, probability) => sum + probability, 0);
  const expected = new Map([...within, outside].entries());
  const found = [...times(drawn(0.03, 1, 50))].filter(([bin, count]) =>
    bin <= lengths.outside || count > 0
  );
  const possible = found.filter(([bin, count]) => expected.get(bin)! > 0 || count > 0);
  agreesWith(new Map(possible), expected);
});

Deno.test("normal kernels have the lengths of their norms", () => {
  const kernel = 9, edges = 400_000;
  const values = new Float64Array(edges * kernel);
  fillNormal(values, seededStreams(0, 0, "kernels")(0));
  const norms = normsOfKernels(values, kernel), made = new Float64Array(lengths.bins);
  for (const norm of norms) made[binOf(0.01 * norm)]!++;
  const found = drawn(0.01, kernel, 20), all = 40_000;
  for (const [bin, count] of found.entries()) {
    const expected = made[bin]! * all / edges;
    const spread = Math.sqrt(expected * (1 + all / edges)) + 1;
    assert.ok(Math.abs(count - expected) < 4 * spread, `${bin}: ${count} for ${expected}`);
  }
});

Deno.test("normal weights without a spread are no edges", () => {
  const histogram = normalHistogram(12, 0, 1, lengths, streams(0));
  assert.equal(histogram[lengths.zero], 12);
  assert.equal(histogram.reduce((sum, count) => sum + count, 0), 12);
});

Deno.test("so few normal weights that no edge counts are all out of bounds", () => {
  assert.equal(normalHistogram(12, 1e-9, 1, lengths, streams(0))[lengths.outside], 12);
});

Deno.test("the same stream draws the same normal lengths on every machine", () => {
  const few = lengthBins(1, 6, 0);
  const lengthsOf = (kernel: number, deviation: number) => [
    ...normalHistogram(2000, deviation, kernel, few, streams(4)),
  ];
  assert.deepEqual([lengthsOf(1, 0.3), lengthsOf(9, 0.1)], [
    [0, 48, 334, 314, 240, 166, 60, 838, 0, 0],
    [0, 0, 149, 895, 645, 214, 38, 59, 0, 0],
  ]);
});
