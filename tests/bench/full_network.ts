/** The full network on one core, beside a plain sum over the same bytes. */

import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Checkpoint, FloatType } from "../../lib/checkpoints/checkpoint.ts";
import { fullNetworkSpectrum } from "../../lib/multifractal/full_network_spectrum.ts";
import { measureFullNetworkPart } from "../../lib/multifractal/measure_full_network_part.ts";
import { MatrixCounter } from "../../lib/networks/full/count_matrix.ts";
import { fullNetworkParts } from "../../lib/networks/full/full_network_parts.ts";
import { lengthBins } from "../../lib/networks/full/length_bins.ts";
import { drawnWeights, inFormat, squareCheckpoint } from "./bench_checkpoint.ts";
import { cpuSeconds, inTurns } from "./clock.ts";

/** Weights a second of one format, in units of 10⁹. */
export interface FullRates {
  readonly format: FloatType;
  /** Histograms of all neurons. */
  readonly count: number;
  /** Those and the sums that the spectrum is made of. */
  readonly measure: number;
  /** A sum over the same bytes, read in the same way, in a plain loop over 16- or 32-bit numbers. */
  readonly sum: number;
}

/** Time each format. The networks must be the same before anything is timed. */
export async function timeFormats(side: number, rounds: number): Promise<FullRates[]> {
  const drawn = drawnWeights(side * side);
  const formats = ["F16", "BF16", "F32"] as const;
  const checkpoints = formats.map((format) =>
    squareCheckpoint(side, 1, format, inFormat(drawn, format))
  );
  const measured = await Promise.all(checkpoints.map((checkpoint) => measure(checkpoint)));
  for (const parts of measured) assert.deepEqual(parts, measured[0]);
  const rates: FullRates[] = [];
  for (const [i, format] of formats.entries()) {
    const checkpoint = checkpoints[i]!;
    const times = await inTurns(rounds, {
      count: () => count(checkpoint),
      measure: () => measure(checkpoint),
      sum: () => plainSum(checkpoint, format),
    });
    const rate = (seconds: number) => side * side / seconds / 1e9;
    rates.push({
      format,
      count: rate(times.count),
      measure: rate(times.measure),
      sum: rate(times.sum),
    });
  }
  return rates;
}

/** CPU seconds of the whole spectrum of some numbers of square matrices, smallest first. */
export async function timeSizes(
  side: number,
  counts: readonly number[],
): Promise<{ weights: number; seconds: number }[]> {
  const stored = inFormat(drawnWeights(side * side), "F16");
  await measure(squareCheckpoint(side, 1, "F16", stored));
  const times = [];
  for (const matrices of counts) {
    const checkpoint = squareCheckpoint(side, matrices, "F16", stored);
    const begin = cpuSeconds();
    assert.equal(fullNetworkSpectrum(await measure(checkpoint)).status, "ok");
    times.push({ weights: matrices * side * side, seconds: cpuSeconds() - begin });
  }
  return times;
}

async function measure(checkpoint: Checkpoint) {
  const measured = [];
  for (const part of fullNetworkParts(detectArchitecture(checkpoint))) {
    measured.push(await measureFullNetworkPart(checkpoint, part));
  }
  return measured;
}

async function count(checkpoint: Checkpoint) {
  const lengths = lengthBins(1, 150, 0);
  const counter = new MatrixCounter(checkpoint, [lengths]);
  for (const part of fullNetworkParts(detectArchitecture(checkpoint))) {
    await counter.addAll(part, [new Uint32Array(part.layer.size * lengths.bins)], 0);
  }
}

/** Rows that are read at a time. */
const TILE_BYTES = 2 ** 24;
const buffer = new Uint8Array(TILE_BYTES);

async function plainSum(checkpoint: Checkpoint, format: FloatType): Promise<number> {
  let sum = 0;
  for (const { name, shape: [rows, columns] } of checkpoint.tensors.values()) {
    const rowBytes = columns! * (format === "F32" ? 4 : 2);
    const together = Math.floor(TILE_BYTES / rowBytes);
    for (let start = 0; start < rows!; start += together) {
      const end = Math.min(rows!, start + together);
      const into = buffer.subarray(0, (end - start) * rowBytes);
      const { bytes } = await checkpoint.read(name, [{ start, end }], into);
      sum += format === "F32" ? sumOf32(bytes) : sumOf16(bytes);
    }
  }
  return sum;
}

function sumOf16({ buffer, byteOffset, byteLength }: Uint8Array): number {
  const values = new Uint16Array(buffer, byteOffset, byteLength / 2);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum = (sum + values[i]!) | 0;
  return sum;
}

function sumOf32({ buffer, byteOffset, byteLength }: Uint8Array): number {
  const values = new Float32Array(buffer, byteOffset, byteLength / 4);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
