/**
 * Samples with all edges: the checkpoint is read once for ten of them, and their weights are
 * counted as they are stored.
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Checkpoint } from "../../lib/checkpoints/checkpoint.ts";
import { openFolderCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { countedMasses } from "../../lib/networks/counted_masses.ts";
import { countSamples } from "../../lib/networks/counted_samples.ts";
import { lengthBins } from "../../lib/networks/full/length_bins.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { networksOfCheckpoint } from "../../lib/networks/sample_networks.ts";
import { drawSamples } from "../../lib/networks/sample_nodes.ts";
import { cpuSeconds, median } from "./clock.ts";

/** Rounds that go by before anything is timed. */
const WARM_UP = 3;

/** What one of some samples takes that are measured together. */
export interface AllEdgesTimes {
  /** CPU seconds of one sample, median. */
  readonly seconds: number;
  /** Bytes of weights that were read for all of them, as a part of the file. */
  readonly read: number;
}

/**
 * Time samples of the checkpoint in a folder. A network that holds every length must give the same
 * before anything is timed.
 */
export async function timeAllEdges(
  folder: string,
  samples: number,
  rounds: number,
): Promise<AllEdgesTimes> {
  const { size } = await Deno.stat(join(folder, "model.safetensors"));
  const [listed] = await Array.fromAsync(listedMasses(await opened(folder, 1)));
  const taken: number[] = [];
  let read = 0;
  for (let round = -WARM_UP; round < rounds; round++) {
    const begin = cpuSeconds();
    read = 0;
    const found = await opened(folder, samples, (bytes) => read += bytes);
    const lengths = [lengthBins(1, 150, 0)];
    let first = true;
    for await (const sample of countSamples(found, found.samples, lengths)) {
      const masses = countedMasses(sample, 0, 10);
      if (multifractalSpectrum(masses).status !== "ok") throw new Error("there is no spectrum");
      if (first && round === -WARM_UP) assert.deepEqual(masses, listed);
      first = false;
    }
    if (round >= 0) taken.push((cpuSeconds() - begin) / samples);
  }
  return { seconds: median(taken), read: read / size };
}

/** A checkpoint that tells how many bytes are read of it, with samples drawn. */
async function opened(folder: string, samples: number, onRead: (bytes: number) => void = () => {}) {
  const checkpoint = await openFolderCheckpoint(folder, "bench", 0);
  const architecture = detectArchitecture(checkpoint);
  const watched: Checkpoint = {
    ...checkpoint,
    read: async (...asked) => {
      const stored = await checkpoint.read(...asked);
      onRead(stored.bytes.byteLength);
      return stored;
    },
  };
  const drawn = drawSamples(checkpoint, architecture, samples, 32);
  return {
    ...{ model: "bench", step: 0, digest: "", checkpoint: watched, architecture },
    samples: drawn.map((nodes, sample) => ({ sample, nodes })),
  };
}

async function* listedMasses(found: Awaited<ReturnType<typeof opened>>) {
  const options = { qkv: "reference", edges: "all" } as const;
  for await (const { network } of networksOfCheckpoint(found, found.samples, options)) {
    yield growBoxes(network);
  }
}

/** Measure one sample, and call back after each part that is read. */
export async function measureOne(folder: string, onRead: () => void): Promise<void> {
  const found = await opened(folder, 1, onRead);
  const lengths = [lengthBins(1, 150, 0)];
  for await (const sample of countSamples(found, found.samples, lengths)) {
    const { status } = multifractalSpectrum(countedMasses(sample, 0, 10));
    if (status !== "ok") throw new Error(status);
  }
}
