import assert from "node:assert/strict";
import { slopePValue } from "../../lib/statistics/linear_regression.ts";
import {
  type MeasuredSpectrum,
  multifractalSpectrum,
  type MultifractalSpectrumOptions,
} from "../../lib/multifractal/multifractal_spectrum.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import type { MassTable } from "../../lib/networks/mass_table.ts";
import {
  allClose,
  close,
  closeRelative,
  type GoldenModel,
  type GoldenNetwork,
  readGolden,
} from "../golden/golden.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { networkOf } from "../networks/network_of.ts";

/** The spectrum, where there must be one. */
function measured(masses: MassTable, options?: MultifractalSpectrumOptions): MeasuredSpectrum {
  const result = multifractalSpectrum(masses, options);
  assert.equal(result.status, "ok");
  return result;
}

function assertGolden(actual: MeasuredSpectrum, golden: GoldenNetwork, name: string): void {
  assert.deepEqual(
    [actual.edges, actual.nodes, actual.selectedNodes, actual.radii],
    [golden.edges, golden.nodes, golden.selected_nodes, golden.radii],
    name,
  );
  allClose(actual.tau, golden.tau, 1e-13, `${name}: tau`);
  // The published code keeps r, p and standard error of the last q only.
  close(actual.rValue.at(-1)!, golden.r_value, 1e-13, `${name}: r`);
  closeRelative(
    slopePValue(actual.rValue.at(-1)!, actual.radii),
    golden.p_value,
    1e-9,
    `${name}: p`,
  );
  closeRelative(actual.stderr.at(-1)!, golden.stderr, 1e-12, `${name}: stderr`);
  if (golden.alpha) allClose(actual.alpha, golden.alpha, 1e-12, `${name}: alpha`);
  if (golden.f_alpha) allClose(actual.fAlpha, golden.f_alpha, 1e-12, `${name}: f`);
  close(actual.width, golden.width, 1e-12, `${name}: width`);
  if (golden.alpha_q0_analytic) {
    close(actual.alpha0Analytic, golden.alpha_q0_analytic, 1e-12, `${name}: analytic alpha_0`);
  }
  const { index, tie, candidates } = actual.maximum;
  assert.deepEqual([index, tie, candidates.length], [29, true, 2], `${name}: the tie at q = 0`);
  const same = candidates.find((candidate) => candidate.index === golden.alpha_0_index)!;
  close(same.alpha, golden.alpha_0, 1e-12, `${name}: alpha_0`);
  // Modes 1 and 3 are decided by rounding noise in the published code.
  assert.equal(actual.filterPass[0], golden.filter_pass[0], `${name}: filter mode 0`);
  assert.equal(actual.filterPass[2], golden.filter_pass[2], `${name}: filter mode 2`);
  assert.deepEqual([actual.filterPass[1], actual.filterPass[3]], [true, true], name);
}

for (
  const { file, model, networks, features } of [
    { file: "h128", model: "pythia-14m", networks: 60 },
    { file: "h512", model: "pythia-70m-deduped", networks: 18 },
    { file: "h512_subset_bug", model: "pythia-70m-deduped", networks: 18, features: 128 },
  ] as const
) {
  Deno.test(`multifractalSpectrum() matches all ${networks} networks of ${file}.json`, () => {
    const golden = readGolden<GoldenModel>(file).networks;
    assert.equal(golden.length, networks);
    for (const expected of golden) {
      const { step, sample } = expected;
      const masses = growBoxes(goldenNetwork(model, step, sample, features));
      assertGolden(measured(masses), expected, `${file} step ${step} sample ${sample}`);
    }
  });
}

interface GoldenCase extends Partial<Omit<GoldenNetwork, "radii">> {
  name: string;
  mat: number[][];
  q: number[];
  threshold: number;
  fdigi: number;
  tau: number[];
  r_value: number;
  p_value: number;
  stderr: number;
}

const cases = readGolden<{ wnfd_llm: GoldenCase[] }>("unit_cases").wnfd_llm;

Deno.test("multifractalSpectrum() matches every corner case that has a spectrum", () => {
  let compared = 0;
  for (const { name, mat, q, threshold, fdigi, ...golden } of cases) {
    if (golden.alpha === undefined) continue;
    const masses = growBoxes(networkOf(mat), { threshold, digits: fdigi });
    const result = measured(masses, { q, alpha0: "argmax" });
    allClose(result.tau, golden.tau, 1e-13, `${name}: tau`);
    allClose(result.alpha, golden.alpha, 1e-12, `${name}: alpha`);
    allClose(result.fAlpha, golden.f_alpha!, 1e-12, `${name}: f`);
    close(result.width, golden.width!, 1e-12, `${name}: width`);
    close(result.rValue.at(-1)!, golden.r_value, 1e-13, `${name}: r`);
    closeRelative(
      slopePValue(result.rValue.at(-1)!, result.radii),
      golden.p_value,
      1e-9,
      `${name}: p`,
    );
    closeRelative(result.stderr.at(-1)!, golden.stderr, 1e-12, `${name}: stderr`);
    const same = result.maximum.candidates.find(({ index }) => index === golden.alpha_0_index);
    assert.ok(same, `${name}: the published choice is among the candidates`);
    close(same.alpha, golden.alpha_0!, 1e-12, `${name}: alpha_0`);
    assert.equal(result.alpha0, result.maximum.alpha);
    compared++;
  }
  assert.equal(compared, 14);
});

Deno.test("multifractalSpectrum() says that no node was selected", () => {
  const { mat } = cases.find(({ name }) => name === "no node selected")!;
  const result = multifractalSpectrum(growBoxes(networkOf(mat)));
  assert.equal(result.status, "no node selected");
  assert.match(result.reason, /None of the 2 nodes has enough edges within the threshold/);
});

Deno.test("multifractalSpectrum() says that there is only one radius", () => {
  const { mat } = cases.find(({ name }) => name.startsWith("single radius"))!;
  const result = multifractalSpectrum(growBoxes(networkOf(mat)));
  assert.equal(result.status, "only one radius");
  assert.match(result.reason, /rounds to the length 2/);
  assert.equal(result.selectedNodes, 2);
});

Deno.test("multifractalSpectrum() reads alpha_0 by the convention asked for", () => {
  const masses = growBoxes(goldenNetwork("pythia-14m", 1000, 0));
  const analytic = measured(masses), argmax = measured(masses, { alpha0: "argmax" });
  assert.equal(analytic.alpha0, analytic.alpha0Analytic);
  assert.equal(argmax.alpha0, argmax.alpha[29]);
  // tau is concave, so its slope at q = 0 lies between the differences on either side.
  assert.ok(argmax.alpha[29]! > analytic.alpha0 && analytic.alpha0 > argmax.alpha[30]!);
});

Deno.test("multifractalSpectrum() with tolerance 0 lets rounding decide as published", () => {
  const { mat, q } = cases.find(({ name }) => name === "one node only")!;
  const masses = growBoxes(networkOf(mat));
  assert.equal(measured(masses, { q }).filterPass[1], true);
  assert.equal(measured(masses, { q, filterTolerance: 0 }).filterPass[1], false);
});

Deno.test("multifractalSpectrum() gives the same bits twice", () => {
  const masses = growBoxes(goldenNetwork("pythia-14m", 512, 3));
  assert.deepEqual(measured(masses), measured(masses));
});

Deno.test("multifractalSpectrum() refuses unknown options and conventions", () => {
  const masses = growBoxes(networkOf([[2, 3, 4]]), { minimumEdges: 1 });
  assert.throws(
    () => multifractalSpectrum(masses, { alpha: "argmax" } as object),
    /no option "alpha"; did you mean "alpha0"/,
  );
  assert.throws(
    () => multifractalSpectrum(masses, { alpha0: "maximum" as "argmax" }),
    /alpha0 must be one of analytic, argmax, but it is "maximum": did you mean argmax/,
  );
});

Deno.test("multifractalSpectrum() keeps the edges of the two smallest radii, unless radii are fixed", () => {
  const masses = growBoxes(networkOf([[1.6, 2.4, 7, 9], [2.2, 30, 31]]), { minimumEdges: 2 });
  assert.deepEqual(measured(masses).smallestRadii, [
    { radius: 2, edges: 3 },
    { radius: 7, edges: 1 },
  ]);
  assert.deepEqual(measured(masses, { radii: { min: 5, max: 10 } }).smallestRadii, []);
});
