/**
 * How much a series keeps of its last value: autoregressive series of first order, simulated and
 * fitted.
 */

import { RandomDraws } from "./random_draws.ts";

/**
 * Series that are simulated for each share kept; the same noise serves all shares, so that they
 * compare smoothly.
 */
const SERIES = 400;

/** The shares kept at which a fit is compared with simulations; between them it is linear. */
const SHARES = Array.from({ length: 20 }, (_, i) => (i - 9) / 10);

/**
 * Correlation of a series of mean 0 with itself one step later, by least squares; 0 where there is
 * nothing to tell from.
 */
export function lagOneCoefficient(series: Float64Array): number {
  let product = 0, square = 0;
  for (let i = 1; i < series.length; i++) {
    product += series[i]! * series[i - 1]!;
    square += series[i - 1]! ** 2;
  }
  return square > 0 ? product / square : 0;
}

/**
 * What a series is turned into before it is looked at, such as itself without a trend; `null` if
 * nothing is left.
 */
export type Preparation = (series: Float64Array) => Float64Array | null;

/** Gaussian autoregressive series of one length. */
export class AutoregressiveSeries {
  readonly #size: number;
  readonly #noise: Float64Array;

  /** Draws the noise of all series; every length has the same everywhere. */
  constructor(size: number) {
    const random = new RandomDraws(`autoregressive series of ${size}`);
    this.#size = size;
    this.#noise = Float64Array.from({ length: SERIES * size }, () => random.normal());
  }

  /** The quantile of a statistic over series that keep a share `phi`, up to 1, a random walk. */
  quantile(phi: number, share: number, statistic: (series: Float64Array) => number): number {
    const series = new Float64Array(this.#size), start = startFactor(phi);
    const found = Float64Array.from({ length: SERIES }, (_, row) => {
      let value = 0;
      for (let i = 0; i < this.#size; i++) {
        const noise = this.#noise[row * this.#size + i]!;
        value = i === 0 ? noise * start : phi * value + noise;
        series[i] = value;
      }
      return statistic(series);
    }).sort();
    return found[Math.floor(share * (SERIES - 1))]!;
  }

  /**
   * A fit of the share kept without the bias of short series, which look less dependent than they are (Kendall, 1954): the
   * share with which half of all series have a larger {@linkcode lagOneCoefficient} and half a smaller one, prepared in the
   * same way (Andrews, Econometrica 1993). It is −0.9 to 1.
   */
  fit(prepare: Preparation): (prepared: Float64Array) => number {
    const medians = SHARES.map((phi) =>
      this.quantile(phi, 0.5, (series) => {
        const prepared = prepare(series);
        return prepared ? lagOneCoefficient(prepared) : 0;
      })
    );
    for (let i = 1; i < medians.length; i++) medians[i] = Math.max(medians[i]!, medians[i - 1]!);
    return (prepared) => {
      const found = lagOneCoefficient(prepared);
      const above = medians.findIndex((median) => median > found);
      if (above === 0) return SHARES[0]!;
      if (above < 0) return SHARES.at(-1)!;
      const low = medians[above - 1]!, part = (found - low) / (medians[above]! - low);
      return SHARES[above - 1]! + part * (SHARES[above]! - SHARES[above - 1]!);
    };
  }
}

/** Shares of 1 and nearly 1 have no spread to begin with: their series are walks from 0. */
const WALK = 0.999;

/** The deviation of the first value of a series, that of its innovations being 1; 0 for a walk. */
export function startFactor(phi: number): number {
  return Math.abs(phi) < WALK ? 1 / Math.sqrt(1 - phi * phi) : 0;
}

/**
 * What is new in each value of a series that keeps a share `phi`, with mean 0 and of one spread
 * (Prais and Winsten, 1954).
 */
export function innovationsOf(series: Float64Array, phi: number): Float64Array {
  const start = startFactor(phi);
  const found = series.map((value, i) =>
    i === 0 ? (start === 0 ? 0 : value / start) : value - phi * series[i - 1]!
  );
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  return found.map((value) => value - mean);
}
