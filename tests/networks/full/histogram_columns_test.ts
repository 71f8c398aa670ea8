import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import type { FloatType } from "../../../lib/checkpoints/checkpoint.ts";
import { allColumns, columnsFor } from "../../../lib/networks/full/histogram_columns.ts";
import { lengthBins } from "../../../lib/networks/full/length_bins.ts";
import { ranksOfHalves } from "../../../lib/networks/full/weight_ranking.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";

const fine = lengthBins(1, 150, 2);

function columnsOf(...formats: readonly FloatType[]) {
  const parts = formats.map((format) => memoryCheckpoint({ "0.weight": [20, 8] }, format));
  const { matrices: [matrix] } = detectArchitecture(parts[0]!);
  const tensors = new Map(
    parts.map(({ tensors }, i) => [`${i}.weight`, tensors.get("0.weight")!]),
  );
  const matrices = formats.map((_, i) => ({ ...matrix!, tensor: `${i}.weight` }));
  return columnsFor({ ...parts[0]!, tensors }, matrices, [fine])[0]!;
}

Deno.test("columnsFor() gives weights of 16 bits a column for each length that they can have, 0 and what is out of bounds", () => {
  const { bins, lengths, columnOf } = columnsOf("BF16");
  const { outside, zero, notFinite, largest } = fine;
  const occurs = new Set(ranksOfHalves("BF16", [fine]).bins[0]);
  const expected = [...new Set([0, ...occurs, outside, zero, notFinite])].sort((a, b) => a - b);
  assert.deepEqual([...bins], expected);
  assert.equal(lengths, bins.findIndex((bin) => bin > largest));
  assert.ok(bins.length < 1000);
  bins.forEach((bin, column) => assert.equal(columnOf[bin], column));
});

Deno.test("columnsFor() gives matrices of several formats the columns of all of them", () => {
  const [halves, brains, both] = [columnsOf("F16"), columnsOf("BF16"), columnsOf("F16", "BF16")];
  const union = new Set([...halves.bins, ...brains.bins]);
  assert.deepEqual([...both.bins], [...union].sort((a, b) => a - b));
  assert.ok(both.bins.length < fine.bins);
  for (const formats of [["F32"], ["BF16", "F64"]] as const) {
    assert.deepEqual(columnsOf(...formats), allColumns(fine));
  }
});
