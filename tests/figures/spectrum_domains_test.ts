import assert from "node:assert/strict";
import { spectrumDomains } from "../../lib/figures/spectrum_domains.ts";
import { spectrumRows } from "./tables.ts";

Deno.test("spectrumDomains() hold all samples of the steps drawn, with a little room, and no other step", () => {
  // α is 1 ± the bend, f is 0 and −bend.
  const tables = [spectrumRows(0, 0, 0.25), [
    ...spectrumRows(8, 0, 0.5),
    ...spectrumRows(64, 0, 9),
  ]];
  const { x, y } = spectrumDomains(tables, [0, 8]);
  const rows = tables.flat().filter(({ step, alpha }) => step < 64 && alpha !== null);
  for (
    const [[from, to], values] of [
      [x, rows.map(({ alpha }) => alpha!)],
      [y, rows.map(({ f_alpha }) => f_alpha!)],
    ] as const
  ) {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    assert.deepEqual([from, to], [low - 0.03 * (high - low), high + 0.03 * (high - low)]);
  }
});
