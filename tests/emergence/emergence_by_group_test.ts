import assert from "node:assert/strict";
import { degreeOfEmergence } from "../../lib/emergence/degree_of_emergence.ts";
import { emergenceByGroup } from "../../lib/emergence/emergence_by_group.ts";
import type { GroupSpectra } from "../../lib/multifractal/spectra_by_group.ts";
import type { StepSpectra } from "../../lib/multifractal/multifractal_spectra.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { networkOf } from "../networks/network_of.ts";

const measured = [3, 5, 7].map((factor) =>
  multifractalSpectrum(growBoxes(
    networkOf(
      Array.from({ length: 9 }, (_, i) => [2, 3, 5, 8].map((length) => length * factor + i)),
    ),
    { minimumEdges: 2 },
  ))
);
const none = multifractalSpectrum(growBoxes(networkOf([[2]])));
const step = (step: number, ...spectra: typeof measured): StepSpectra => ({
  ...{ model: "m", step, digest: "" },
  samples: spectra.map((spectrum, sample) => ({ sample, spectrum, layers: [] })),
});
const spectra = [step(0, measured[0]!, measured[1]!), step(8, measured[1]!, measured[2]!)];
const dimensions = [0, 8].flatMap((step) =>
  [0, 1].map((sample) => ({ step, sample, mean: step + sample }))
);
const block: GroupSpectra = { group: "block 0", learned: true, spectra, dimensions };

Deno.test("emergenceByGroup() is E of each group, with its nodes, fits and dimensions", () => {
  const rows = emergenceByGroup([block, { ...block, group: "block 1" }]);
  assert.deepEqual(rows.map(({ group, step }) => [group, step]), [
    ["block 0", 0],
    ["block 0", 8],
    ["block 1", 0],
    ["block 1", 8],
  ]);
  const [, expected] = degreeOfEmergence(spectra);
  const { group: _, nfdMean, nodesKept, r2Least, r2Median, ...row } = rows[1]!;
  assert.deepEqual(row, expected);
  assert.deepEqual([nfdMean, nodesKept], [8.5, 9]);
  assert.ok(r2Least > 0 && r2Least <= r2Median && r2Median <= 1);
  assert.notEqual(row.E, 0);
});

Deno.test("emergenceByGroup() hands the bootstrap's options on", () => {
  const many = [measured[0]!, measured[1]!, measured[2]!, measured[1]!, measured[2]!];
  const spectra = [step(0, ...many), step(8, ...many.toReversed())];
  const low = (options: object) => emergenceByGroup([{ ...block, spectra }], options)[1]!.eLow;
  assert.notEqual(low({ level: 0.5 }), low({}));
  assert.throws(() => low({ levels: 0.5 }), /no option "levels"/);
});

Deno.test("emergenceByGroup() says why a group has no E", () => {
  const empty = [step(0, none), step(8, none)];
  const of = (learned: boolean) =>
    emergenceByGroup([{ group: "g", learned, spectra: empty, dimensions: [] }])[1]!;
  assert.equal(of(false).status, "no weight of the model leaves these neurons");
  assert.match(of(true).status, /none of 1 samples kept: 1 without a spectrum/);
  assert.deepEqual([of(true).E, of(true).r2Least, of(true).nfdMean], [NaN, NaN, null]);
});
