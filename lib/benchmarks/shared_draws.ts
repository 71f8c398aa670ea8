/** What the correlations of one quantity with many scores share: each is made once, and the last few are kept. */
import type { CorrelationMethod } from "./correlation_coefficient.ts";
import { drawnOrders, type OrderGroup } from "./drawn_orders.ts";
import { type BlockResamples, resampleBlocks } from "./resample_blocks.ts";
import { type ResampledX, resampleX, type XPoints } from "./resampled_x.ts";

/** How much is drawn, and by which seed. */
export interface DrawSettings {
  /** Orders of a permutation test. */
  readonly permutations: number;
  /** Bootstrap resamples. */
  readonly draws: number;
  /** Seed of both. */
  readonly seed: number;
}

/** A quantity as it was resampled. */
interface KeptX {
  readonly points: XPoints;
  readonly method: CorrelationMethod;
  readonly resamples: BlockResamples;
  readonly vectors: (draw: number) => ResampledX;
}

/** Values and their changes are of two numbers of points. */
const SIZES = 2;
/** Values, changes, and values without a control; each as they are and as ranks. */
const KINDS = 6;

/** The random draws that correlations share. */
export class SharedDraws {
  readonly #settings: DrawSettings;
  readonly #orders = new Map<string, Iterable<OrderGroup>>();
  readonly #resamples = new Map<string, BlockResamples>();
  readonly #kept: KeptX[] = [];

  /** @param settings How much is drawn. */
  constructor(settings: DrawSettings) {
    this.#settings = settings;
  }

  /** Orders of points. */
  orders(size: number): Iterable<OrderGroup> {
    const { permutations, seed } = this.#settings;
    return keep(this.#orders, `${size}`, () => drawnOrders(size, permutations, seed));
  }

  /** Resamples of points by blocks. */
  resamples(size: number, block: number): BlockResamples {
    const { draws, seed } = this.#settings;
    return keep(
      this.#resamples,
      `${size} ${block}`,
      () => resampleBlocks(size, block, draws, seed),
    );
  }

  /** The vectors of x in each of some resamples. */
  x(
    points: XPoints,
    method: CorrelationMethod,
    resamples: BlockResamples,
  ): (draw: number) => ResampledX {
    const same = this.#kept.find((kept) =>
      kept.method === method && kept.resamples === resamples &&
      isSame(kept.points.x, points.x) && isSame(kept.points.control, points.control)
    );
    if (same) return same.vectors;
    const vectors = resampleX(points, method, resamples);
    this.#kept.push({ points, method, resamples, vectors });
    if (this.#kept.length > KINDS) this.#kept.shift();
    return vectors;
  }
}

function keep<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const value = kept.get(key) ?? make();
  // The one needed last stands last.
  kept.delete(key);
  kept.set(key, value);
  if (kept.size > SIZES) kept.delete(kept.keys().next().value!);
  return value;
}

function isSame(a: Float64Array | null, b: Float64Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
