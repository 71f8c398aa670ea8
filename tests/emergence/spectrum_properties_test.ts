import assert from "node:assert/strict";
import { spectrumProperties } from "../../lib/emergence/spectrum_properties.ts";
import { cantorMassExponent } from "../../lib/multifractal/cantor_mass_exponent.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { samplesTable, spectraTable } from "../../lib/multifractal/spectra_tables.ts";
import { cantorNetwork } from "../../lib/networks/cantor_network.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";

const of = (generator: number[]) => {
  const network = cantorNetwork({ generator, depth: 4, lengths: "tree" });
  return multifractalSpectrum(growBoxes(network, { threshold: 162 }));
};
const steps = [
  { step: 0, samples: [{ sample: 0, spectrum: of([1, 0, 1]) }] },
  {
    step: 512,
    samples: [{ sample: 0, spectrum: of([1, 0, 2]) }, { sample: 1, spectrum: of([1, 0, 3]) }],
  },
];
const measured = { spectra: spectraTable(steps), samples: samplesTable(steps) };

Deno.test("spectrumProperties() gives means over samples of what is known of Cantor sets", () => {
  const [equal, unequal] = spectrumProperties(measured);
  const dimension = Math.log(2) / Math.log(3);
  for (const name of ["alpha0", "dMinus2", "d0", "d2", "d4"] as const) {
    assert.ok(Math.abs(equal![name]! - dimension) < 1e-12, name);
  }
  assert.ok(equal!.width! < 1e-12);
  assert.equal(unequal!.samples, 2);
  const tau = [[1, 0, 2], [1, 0, 3]].map((generator) =>
    cantorMassExponent({ generator }, [-3, -1, 1, 3])
  );
  for (const [i, name] of (["dMinus2", "d0", "d2", "d4"] as const).entries()) {
    const known = (tau[0]![i]! + tau[1]![i]!) / 2 / [-3, -1, 1, 3][i]!;
    assert.ok(Math.abs(unequal![name]! - known) < 1e-11, name);
  }
  // Two parts have a spectrum that is the same on both sides of alpha_0, but for the grid of orders.
  assert.ok(Math.abs(unequal!.asymmetry!) < 0.05);
});

Deno.test("a property that cannot be had is null: an order left out, a step without a spectrum, dropped samples", () => {
  const some = measured.spectra.filter(({ q }) => Math.abs(q) < 2);
  const [row] = spectrumProperties({ ...measured, spectra: some });
  assert.deepEqual([row!.dMinus2, row!.d4], [null, null]);
  assert.notEqual(row!.d2, null);
  assert.equal(row!.status, "no d_minus_2, d4: a sample has no such order");
  const none = measured.samples.map((sample) => ({ ...sample, alpha0: null, width: null }));
  const [empty] = spectrumProperties({ ...measured, samples: none });
  assert.deepEqual([empty!.samples, empty!.alpha0, empty!.d0, empty!.asymmetry], [
    ...[0, null, null, null],
  ]);
  assert.equal(empty!.status, "no sample has a spectrum");
  const filtered = measured.samples.map((sample) => ({ ...sample, filtered: sample.sample === 0 }));
  assert.deepEqual(
    spectrumProperties({ ...measured, samples: filtered }).map(({ samples }) => samples),
    [
      ...[0, 1],
    ],
  );
});
