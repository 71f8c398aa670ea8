import assert from "node:assert/strict";
import type { SamplingBiasRow } from "../../../lib/emergence/sampling_bias.ts";
import { samplingBiasFigure } from "../../../lib/figures/emergence/sampling_bias.ts";
import { emergenceRow } from "../tables.ts";

const row = (edges: SamplingBiasRow["edges"], layerSample: number | null, E: number) => ({
  ...emergenceRow(64, E),
  edges,
  layerSample,
});
const rows = [
  row("full", null, 0.3),
  ...[8, 32].flatMap((
    size,
  ) => [row("sampled", size, size / 320), row("all", size, 0.2 + size / 640)]),
];

Deno.test("samplingBiasFigure() draws both kinds of samples and the full network across, three times", () => {
  const { svg } = samplingBiasFigure("toy", rows, 64);
  for (const name of ["sampled edges", "all edges", "full network"]) {
    assert.equal(svg.match(new RegExp(`>${name}<`, "g"))?.length, 3, name);
  }
  assert.match(svg, /toy at step 64: what sampling does/);
  assert.equal(svg.match(/stroke-dasharray/g)?.length, 3);
  assert.equal(samplingBiasFigure("toy", rows, 64).svg, svg);
});

Deno.test("samplingBiasFigure() refuses a step that was not measured, saying what is missing", () => {
  assert.throws(() => samplingBiasFigure("toy", rows, 128), {
    message: "there is no E of the full network of toy at step 128 to draw",
  });
  assert.throws(() => samplingBiasFigure("toy", rows.slice(0, 1), 64), {
    message: "there is no E of any sample of toy at step 64 to draw",
  });
});
