/** The recorded spectra of the golden models, as steps of a run. */

import type { ComparableStep } from "../../lib/emergence/degree_of_emergence.ts";
import type { FilterPass } from "../../lib/multifractal/legendre_spectrum.ts";
import type { GoldenModel, GoldenNetwork } from "../golden/golden.ts";

/** Which of the recorded values is taken as alpha_0. */
export type GoldenAlpha0 = "alpha_0" | "alpha_q0_analytic";

/** The recorded alpha_0, width and filter results, as published: those of modes 1 and 3 included. */
export function goldenSteps({ networks }: GoldenModel, alpha0: GoldenAlpha0): ComparableStep[] {
  const spectrum = (network: GoldenNetwork) => {
    const { 0: none, 1: first, 2: second, 3: both } = network.filter_pass;
    const filterPass: FilterPass = [none, first, second, both];
    return { status: "ok" as const, alpha0: network[alpha0]!, width: network.width, filterPass };
  };
  const steps = [...new Set(networks.map(({ step }) => step))];
  return steps.map((step) => ({
    step,
    samples: networks.filter((network) => network.step === step)
      .map((network) => ({ sample: network.sample, spectrum: spectrum(network) })),
  }));
}
