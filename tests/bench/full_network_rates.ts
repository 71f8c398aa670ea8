/**
 * How many weights a second the full network takes on one core, beside a plain sum over the same bytes in the same run:
 * `deno run tests/bench/full_network_rates.ts`.
 */

import assert from "node:assert/strict";
import type { Architecture, WeightMatrix } from "../../lib/architectures/architecture.ts";
import type { Checkpoint, FloatType } from "../../lib/checkpoints/checkpoint.ts";
import { fullNetworkMasses } from "../../lib/networks/full_network_masses.ts";

const side = 4096, rounds = 7;

/** Weights with a deviation of 0.02 that every format represents, from a fixed seed. */
function weights(): Float32Array<ArrayBuffer> {
  let state = 1;
  const uniform = () => {
    state = Math.imul(state, 1664525) + 1013904223 | 0;
    return state / 2 ** 31;
  };
  const values = new Float32Array(side * side);
  for (let i = 0; i < values.length; i++) {
    const value = 0.02 * (uniform() + uniform() + uniform());
    values[i] = Math.abs(value) < 2 ** -14 ? 0 : value;
  }
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < bits.length; i++) bits[i]! &= 0xffff0000;
  return values;
}

function architectureOf(orientation: WeightMatrix["orientation"]): Architecture {
  const layer = (role: string, learned: boolean) => ({
    name: role,
    block: 0,
    role,
    size: side,
    learned,
  });
  return {
    ...{ family: "mlp", heads: null, patterns: [], draws: [] },
    layers: [layer("input", true), layer("output", false)],
    matrices: [{
      ...{ role: "0", tensor: "0.weight", block: 0, from: 0, to: 1, first: 0, kernel: 1 },
      ...{ rows: side, columns: side, orientation, fused: false },
    }],
  };
}

type Stored = Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** A checkpoint of one matrix that lies in memory, so that no disk is timed. */
function checkpointOf(dtype: FloatType, values: Stored): Checkpoint {
  const rowBytes = side * values.BYTES_PER_ELEMENT, all = new Uint8Array(values.buffer);
  const info = { name: "0.weight", dtype, shape: [side, side] };
  return {
    ...{ model: "bench", step: 0, source: "bench", config: null },
    tensors: new Map([["0.weight", info]]),
    digest: () => Promise.resolve(""),
    read: (_, rows) => {
      const [{ start, end }] = rows as [{ start: number; end: number }];
      const bytes = all.subarray(start * rowBytes, end * rowBytes);
      return Promise.resolve({ dtype, shape: [end - start, side], bytes });
    },
  };
}

function sumOf16(values: Uint16Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum = (sum + values[i]!) | 0;
  return sum;
}

function sumOf32(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** Median weights a second, in units of 10⁹. */
function rate(seconds: number[]): number {
  return side * side / seconds.sort((a, b) => a - b)[rounds >> 1]! / 1e9;
}

const singles = weights();
const halves = new Uint16Array(new Float16Array(singles).buffer);
const upper = Uint16Array.from(new Uint32Array(singles.buffer), (bits) => bits >>> 16);
const formats: readonly [FloatType, Stored][] = [["F16", halves], ["BF16", upper], [
  "F32",
  singles,
]];

const orientations = ["out, in", "in, out"] as const;
for (const orientation of orientations) {
  const tables = await Promise.all(
    formats.map(async ([dtype, values]) =>
      (await fullNetworkMasses(checkpointOf(dtype, values), architectureOf(orientation))).masses
    ),
  );
  for (const table of tables) assert.deepEqual(table, tables[0]);
}
console.log("format  stored   10⁹ weights/s  plain sum  of plain");
for (const orientation of orientations) {
  for (const [dtype, values] of formats) {
    const checkpoint = checkpointOf(dtype, values), architecture = architectureOf(orientation);
    const counted: number[] = [], summed: number[] = [];
    let sum = 0;
    for (let round = 0; round < rounds; round++) {
      const begin = performance.now();
      await fullNetworkMasses(checkpoint, architecture);
      const between = performance.now();
      sum += values instanceof Float32Array ? sumOf32(values) : sumOf16(values);
      counted.push((between - begin) / 1000);
      summed.push((performance.now() - between) / 1000);
    }
    assert.ok(Number.isFinite(sum));
    const [full, plain] = [rate(counted), rate(summed)];
    const cells = [full.toFixed(2).padStart(13), plain.toFixed(2).padStart(9)];
    const share = `${(100 * full / plain).toFixed(0)} %`.padStart(8);
    console.log(`${dtype.padEnd(6)}  ${orientation}  ${cells.join("  ")}  ${share}`);
  }
}
