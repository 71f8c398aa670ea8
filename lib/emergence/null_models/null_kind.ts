/** Which null models there are, and what picks one of their draws. */
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { nearestName } from "../../names/nearest_name.ts";

/**
 * The null models, each with what it keeps of a checkpoint's weights.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NULL_KINDS } from "neuromfa";
 *
 * assert.ok("permute" in NULL_KINDS);
 * assert.match(NULL_KINDS.gaussian, /normal weights/);
 * ```
 */
export const NULL_KINDS = {
  "permute":
    "the weights inside each matrix in random places: keeps their distribution, not who connects to whom",
  "permute-rows":
    "the weights that enter a neuron from random neurons: keeps what enters each neuron",
  "permute-columns":
    "the weights that leave a neuron to random neurons: keeps what leaves each neuron, and with it every mass",
  "gaussian": "normal weights with mean 0 and the variance that each matrix has",
  "rescale": "the untrained weights, each matrix scaled to the Frobenius norm that it has",
} as const;

/** The name of a null model; {@linkcode NULL_KINDS} tells what each keeps. */
export type NullKind = keyof typeof NULL_KINDS;

/** What decides a null model of a run. */
export interface NullModelOptions {
  /** Which null model. */
  readonly kind: NullKind;
  /** The number of the draw, from 0; `rescale` has nothing to draw and only draw 0. */
  readonly draw: number;
  /** Seed of all draws, an integer from 0. */
  readonly seed: number;
}

/** What decides a null model of one checkpoint. */
export interface NullCheckpointOptions extends NullModelOptions {
  /** The checkpoint of step 0; `rescale` needs it, no other kind takes it. */
  readonly untrained?: Checkpoint;
}

/**
 * Check the options of a null model.
 *
 * @throws {RangeError} If there is no such kind, or a number is out of range.
 */
export function checkNullModel({ kind, draw, seed }: NullModelOptions): void {
  const kinds = Object.keys(NULL_KINDS);
  if (!kinds.includes(kind)) {
    throw new RangeError(
      `There is no null model "${kind}"; did you mean "${nearestName(`${kind}`, kinds)}"?`,
    );
  }
  for (const [name, value] of [["draw", draw], ["seed", seed]] as const) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    throw new RangeError(`The ${name} of a null model is an integer from 0, but it is ${value}.`);
  }
  if (kind === "rescale" && draw > 0) {
    throw new RangeError(
      `The null model "rescale" has nothing to draw, so its only draw is 0, not ${draw}.`,
    );
  }
}
