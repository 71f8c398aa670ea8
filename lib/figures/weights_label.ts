/** How the size of a model is written. */

const size = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

/** A number of weights in short: `30.6K`, `1.2M`, `11.8B`. */
export function weightsLabel(weights: number): string {
  return size.format(weights);
}
