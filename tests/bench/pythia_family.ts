/** What measuring all of Pythia would take, from rates that were measured. */

/** Sizes of Pythia: width and blocks. */
const PYTHIA: Readonly<Record<string, readonly [hidden: number, blocks: number]>> = {
  ...{ "14m": [128, 6], "31m": [256, 6], "70m": [512, 6], "160m": [768, 12], "410m": [1024, 24] },
  ...{ "1b": [2048, 16], "1.4b": [2048, 24], "2.8b": [2560, 32], "6.9b": [4096, 32] },
  ...{ "12b": [5120, 36] },
};

/** Steps with published scores. */
const STEPS = 27;
/** Samples of each step. */
const SAMPLES = 10;

/** What was measured, all of one processor. */
export interface FamilyRates {
  /** Weights a CPU second, counted for the samples of a step and for its digest. */
  readonly sampledWeights: number;
  /** Weights a CPU second of the full network, digest included. */
  readonly fullWeights: number;
  /** Bytes a second from the disk. */
  readonly disk: number;
  /** Processors. */
  readonly cores: number;
}

/** One line of the table. */
export interface FamilyRow {
  readonly model: string;
  /** Bytes read, 16 bits a weight, embeddings among them. */
  readonly bytes: number;
  /** CPU seconds of ten samples of all steps, all edges kept. */
  readonly sampled: number;
  /** CPU seconds of the full network of all steps. */
  readonly full: number;
  /** Seconds of both by all processors, or as long as the disk takes. */
  readonly wall: number;
}

/** The lines for each size, and for all. */
export function pythiaFamily(rates: FamilyRates): FamilyRow[] {
  const rows = Object.entries(PYTHIA).map(([model, [hidden, blocks]]): FamilyRow => {
    const network = 12 * hidden ** 2 * blocks;
    const bytes = STEPS * 2 * (network + 2 * 50_304 * hidden);
    const sampled = STEPS * network / rates.sampledWeights;
    const full = STEPS * network / rates.fullWeights;
    const wall = Math.max((sampled + full) / rates.cores, 2 * bytes / rates.disk);
    return { model, bytes, sampled, full, wall };
  });
  const sum = (of: "bytes" | "sampled" | "full" | "wall") =>
    rows.reduce((all, row) => all + row[of], 0);
  return [...rows, {
    model: `all, ${STEPS} steps, ${SAMPLES} samples`,
    ...{ bytes: sum("bytes"), sampled: sum("sampled"), full: sum("full"), wall: sum("wall") },
  }];
}
