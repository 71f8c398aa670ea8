/** Null models of a full network on one core. */

import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { NullNetwork } from "../../lib/emergence/null_models/null_network.ts";
import { fullNetworkSpectrum } from "../../lib/multifractal/full_network_spectrum.ts";
import { fullNetworkParts } from "../../lib/networks/full/full_network_parts.ts";
import type { NullKind } from "../../lib/options/measuring_options.ts";
import { blocksCheckpoint } from "./bench_checkpoint.ts";
import { cpuSeconds, median } from "./clock.ts";

/** CPU seconds of the first draw of a checkpoint, and of each further one. */
export async function timeNullDraws(
  kind: NullKind,
  { hidden, blocks, draws }: {
    readonly hidden: number;
    readonly blocks: number;
    readonly draws: number;
  },
): Promise<{ first: number; next: number }> {
  if (blocks > 1) await timeNullDraws(kind, { hidden: hidden / 4, blocks: 1, draws: 3 }); // warms up
  const checkpoint = blocksCheckpoint(hidden, blocks);
  const architecture = detectArchitecture(checkpoint);
  const network = new NullNetwork(checkpoint, architecture, { kind, seed: 0 });
  const times: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const begin = cpuSeconds(), parts = [];
    for (const part of fullNetworkParts(architecture)) {
      parts.push(await network.measure(part, draw, {}));
    }
    const { status } = fullNetworkSpectrum(parts);
    if (status !== "ok") throw new Error(`draw ${draw} of ${kind} has no spectrum: ${status}`);
    times.push(cpuSeconds() - begin);
  }
  return { first: times[0]!, next: median(times.slice(1)) };
}
