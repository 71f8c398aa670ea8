/** Small networks whose structure is known, measured whole. */

import type { Architecture } from "../../lib/architectures/architecture.ts";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Checkpoint } from "../../lib/checkpoints/checkpoint.ts";
import { excessEmergence, type ExcessRow } from "../../lib/emergence/excess_emergence.ts";
import { nullCheckpoint } from "../../lib/emergence/null_models/null_checkpoint.ts";
import type { ComparableStep } from "../../lib/emergence/degree_of_emergence.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { fullNetworkMasses } from "../../lib/networks/full/full_network_masses.ts";
import { normals } from "../golden/seeded_normals.ts";
import { memoryCheckpoint } from "../helpers/memory_checkpoint.ts";

const size = 32;

/** The network of all of them; to recognise it takes longer than to measure it. */
let architecture: Architecture | undefined;

function architectureOf(checkpoint: Checkpoint): Architecture {
  return architecture ??= detectArchitecture(checkpoint);
}

/**
 * An MLP of two matrices at steps 0 and 1. At step 0 all weights are normal with one deviation. At step 1 they have grown by
 * half, and the weights that leave a neuron by a factor of their own, log-normal with the spread `sigma`.
 */
export function plantedSteps(key: string, sigma: number): Checkpoint[] {
  return [0, 1].map((step) => ({
    ...memoryCheckpoint(
      { "0.weight": [size, size], "1.weight": [size, size] },
      "F32",
      null,
      (values, name) => {
        const noise = normals(`${key} ${name}`, values.length);
        const gains = normals(`${key} ${name} gains`, size).map((z) => 1.5 * Math.exp(sigma * z));
        for (let i = 0; i < values.length; i++) {
          values[i] = 0.02 * noise[i]! * (step === 0 ? 1 : gains[i % size]!);
        }
      },
    ),
    step,
  }));
}

/** The same, permuted. */
export function permutedSteps(
  steps: readonly Checkpoint[],
  draw: number,
  seed: number,
): Checkpoint[] {
  return steps.map((checkpoint) =>
    nullCheckpoint(checkpoint, architectureOf(checkpoint), { kind: "permute", draw, seed })
  );
}

/** The excess of step 1 over as many permuted draws. */
export async function excessOverPermuted(
  steps: readonly Checkpoint[],
  draws: number,
): Promise<ExcessRow> {
  const nulls: ComparableStep[][] = [];
  for (let draw = 0; draw < draws; draw++) {
    nulls.push(await measured(permutedSteps(steps, draw, 0)));
  }
  return excessEmergence(await measured(steps), nulls, { draws: 2 })[1]!;
}

function measured(steps: readonly Checkpoint[]): Promise<ComparableStep[]> {
  return Promise.all(steps.map(async (checkpoint) => {
    const { masses } = await fullNetworkMasses(checkpoint, architectureOf(checkpoint));
    const spectrum = multifractalSpectrum(masses, { q: [-3, -2, -1, 0, 1, 2, 3] });
    return { step: checkpoint.step!, samples: [{ sample: 0, spectrum }] };
  }));
}
