/** Values of options that have parts. */

/** What moving bytes from a hub saves: bytes, time, or time as long as it takes few more bytes. */
export type Transfer = "fewest-bytes" | "balanced" | "fastest";

/** A uniform grid of orders from `min` to `max` inclusive. */
export interface QGrid {
  /** First order. */
  readonly min: number;
  /** Last order. */
  readonly max: number;
  /** Distance between neighbours, above 0; it divides `max − min`. */
  readonly step: number;
}

/** The radii of every fit, from `min` to `max` inclusive. */
export interface FixedRadii {
  /** Smallest radius, above 0. */
  readonly min: number;
  /** Largest radius: boxes grow no further, so it is the diameter d. */
  readonly max: number;
  /** Distance between neighbours, above 0, which divides `max − min`; 1 unless given. */
  readonly step?: number;
}

/** A threshold as a multiple of the median edge length of the untrained network. */
export interface MedianThreshold {
  /** How many medians. */
  readonly medians: number;
}

/** The seed of an untrained network that is drawn, for E to be compared with. */
export interface DrawnBaseline {
  /** Seed of the draws, an integer from 0. */
  readonly init: number;
}

/** What E compares every step with: a step, or an untrained network that is drawn; `init` is seed 0. */
export type Baseline = number | "init" | DrawnBaseline;

/** Which spectra are left out of averages: 0 none, 1 with f above 0, 2 with alpha above its first, 3 either. */
export type FilterMode = 0 | 1 | 2 | 3;

/** One part of a run that several machines share. */
export interface Shard {
  /** Which one, from 1. */
  readonly index: number;
  /** How many there are. */
  readonly count: number;
}

/** The parts of a run that a cluster measures. */
export interface JobArray {
  /** How many there are. */
  readonly count: number;
  /** How many may run at once; all unless given. */
  readonly atOnce?: number;
}

/** Which stored rows are a neuron's query, key and value. */
export type QueryKeyValueLayout = "per-head" | "reference";

/** Which out-edges of sampled neurons are kept: all, or those to other sampled neurons. */
export type SampledEdges = "all" | "sampled";

/** `reference`: number for number what the published Python gives. `corrected`: without its slips. */
export type Convention = "reference" | "corrected";

/** The published grid: −3 to 3 in steps of 0.1. */
export const DEFAULT_Q: QGrid = Object.freeze({ min: -3, max: 3, step: 0.1 });
