/** Reads the golden numbers and compares with them; the folder's files are described in its README. */

import assert from "node:assert/strict";

/** One network of `h128.json`, `h512.json` or `h512_subset_bug.json` (which leaves out some fields). */
export interface GoldenNetwork {
  step: number;
  sample: number;
  edges: number;
  nodes: number;
  selected_nodes: number;
  radii: number;
  tau: number[];
  r_value: number;
  p_value: number;
  stderr: number;
  alpha?: number[];
  f_alpha?: number[];
  alpha_0: number;
  alpha_0_index: number;
  width: number;
  filter_pass: Record<"0" | "1" | "2" | "3", boolean>;
  alpha_q0_analytic?: number;
}

/** Means over samples and E, one value for each step. */
export interface GoldenAverage {
  alpha_0_mean: number[];
  width_mean: number[];
  E: number[];
}

/** A whole file of golden networks. */
export interface GoldenModel {
  meta: { hidden: number; q: number[]; steps: number[]; samples: number[] };
  networks: GoldenNetwork[];
  averaged: Record<"0" | "1" | "2" | "3", GoldenAverage>;
  averaged_analytic: { alpha_q0_mean: number[]; width_mean: number[]; E: number[] };
}

/** Parse a golden file; its strings for numbers that are not finite become those numbers. */
export function readGolden<T>(name: string): T {
  const special: Record<string, number> = { nan: NaN, inf: Infinity, "-inf": -Infinity };
  const text = Deno.readTextFileSync(new URL(`./${name}.json`, import.meta.url));
  return JSON.parse(
    text,
    (_, value) => typeof value === "string" && value in special ? special[value] : value,
  );
}

/** Assert that two numbers differ by no more than `tolerance`, or are both NaN. */
export function close(actual: number, expected: number, tolerance: number, what: string): void {
  if (Number.isNaN(actual) && Number.isNaN(expected)) return;
  assert.ok(
    Math.abs(actual - expected) <= tolerance,
    `${what}: ${actual} is not ${expected} to ${tolerance}`,
  );
}

/** Assert that two numbers differ by no more than `tolerance` of the expected one. */
export function closeRelative(actual: number, expected: number, tolerance: number, what: string) {
  close(actual, expected, tolerance * Math.abs(expected), what);
}

/** Assert {@linkcode close} for every pair, and that there are as many of the one as of the other. */
export function allClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, `${what}: how many`);
  for (let i = 0; i < expected.length; i++) {
    close(actual[i]!, expected[i]!, tolerance, `${what}[${i}]`);
  }
}
