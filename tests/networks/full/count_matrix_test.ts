import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { MatrixCounter } from "../../../lib/networks/full/count_matrix.ts";
import { fullNetworkParts } from "../../../lib/networks/full/full_network_parts.ts";
import { columnsFor } from "../../../lib/networks/full/histogram_columns.ts";
import { lengthBins } from "../../../lib/networks/full/length_bins.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";

const ways = [lengthBins(1, 150, 2), lengthBins(0, 120, 1)];
const shapes = { "0.weight": [20, 8] };

Deno.test("MatrixCounter counts in columns what it counts in bins", async () => {
  const checkpoint = memoryCheckpoint(shapes, "F16");
  const [part] = fullNetworkParts(detectArchitecture(checkpoint));
  const columns = columnsFor(checkpoint, part!.matrices, ways);
  const binned = ways.map(({ bins }) => new Uint32Array(8 * bins));
  const counts = columns.map(({ bins }) => new Uint32Array(8 * bins.length));
  await new MatrixCounter(checkpoint, ways).addAll(part!, binned, 0);
  await new MatrixCounter(checkpoint, ways, columns).addAll(part!, counts, 0);
  columns.forEach(({ bins }, way) => {
    const spread = new Uint32Array(binned[way]!.length);
    counts[way]!.forEach((edges, k) => {
      const neuron = Math.floor(k / bins.length);
      spread[neuron * ways[way]!.bins + bins[k % bins.length]!] = edges;
    });
    assert.deepEqual(spread, binned[way]);
    assert.equal(spread.reduce((sum, edges) => sum + edges), 20 * 8);
  });
});

Deno.test("MatrixCounter refuses columns that were made for another format", async () => {
  const columns = columnsFor(
    memoryCheckpoint(shapes, "BF16"),
    fullNetworkParts(detectArchitecture(memoryCheckpoint(shapes, "BF16")))[0]!.matrices,
    ways,
  );
  const counts = columns.map(({ bins }) => new Uint32Array(8 * bins.length));
  for (const format of ["F16", "F32", "F64"] as const) {
    const checkpoint = memoryCheckpoint(shapes, format);
    const [part] = fullNetworkParts(detectArchitecture(checkpoint));
    await assert.rejects(
      new MatrixCounter(checkpoint, ways, columns).addAll(part!, counts, 0),
      /no column for some length/,
    );
  }
});

Deno.test("MatrixCounter counts rows that fill no whole lanes without what fills them up", async () => {
  const odd = {
    "h.0.attn.c_attn.weight": [12, 36],
    "h.0.attn.c_proj.weight": [12, 12],
    "h.0.mlp.c_fc.weight": [12, 50],
    "h.0.mlp.c_proj.weight": [50, 12],
  };
  // One way and two; few rounded lengths, and so many that single precision is ranked by arithmetic.
  const manners = [[lengthBins(1, 150, 0)], [lengthBins(1, 150, 0), lengthBins(0, 200, 0)], ways];
  for (const format of ["F16", "BF16", "F32", "F64"] as const) {
    for (const lengths of manners) {
      for (const zeros of [0, 2]) {
        // A format that has no zero among its weights must know the bin of zeros all the same.
        const checkpoint = memoryCheckpoint(odd, format, null, (values) => {
          values.fill(0.125).forEach((_, i) => i % 50 < zeros && (values[i] = 0));
        });
        const { matrices } = detectArchitecture(checkpoint);
        const matrix = matrices.find(({ tensor }) => tensor === "h.0.mlp.c_fc.weight")!;
        assert.equal(matrix.orientation, "in, out");
        const counts = lengths.map(({ bins }) => new Uint32Array(12 * bins));
        await new MatrixCounter(checkpoint, lengths).add({ matrix }, counts, 0);
        lengths.forEach(({ bins, zero, scale }, way) => {
          const expected = new Uint32Array(12 * bins);
          for (let neuron = 0; neuron < 12; neuron++) {
            expected[neuron * bins + 8 * scale] = 50 - zeros;
            expected[neuron * bins + zero] = zeros;
          }
          assert.deepEqual(counts[way], expected, `${format}, way ${way} of ${lengths.length}`);
        });
      }
    }
  }
});
