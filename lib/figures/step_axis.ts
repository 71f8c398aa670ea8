/** The axis of training steps: logarithmic, yet with a place for step 0. */

import * as Plot from "@observablehq/plot";

/**
 * Scale options for training steps on Plot's x axis, with ticks at 0 and powers of 4, or of 16 where steps are many.
 *
 * @param steps The steps drawn.
 * @param since What they are counted from, for the label.
 */
export function stepAxis(steps: Iterable<number>, since = 0): {
  type: "symlog";
  constant: number;
  ticks: number[];
  tickFormat: (step: number) => string;
  label: string;
  labelAnchor: "center";
} {
  const last = Math.max(1, ...steps);
  const factor = last > 4 ** 7 ? 16 : 4; // more than nine names would touch
  const ticks = [0];
  for (let step = 1; step <= last; step *= factor) ticks.push(step);
  return {
    type: "symlog",
    constant: 1,
    ticks,
    tickFormat: (step) => step.toLocaleString("en-US"),
    label: since === 0
      ? "training step (spaced as ln(1 + step)) →"
      : `steps since step ${since.toLocaleString("en-US")} (spaced as ln(1 + steps)) →`,
    labelAnchor: "center",
  };
}

/** Text marks that name the steps in their colours, one under the other in the right margin. */
export function stepKey(steps: readonly number[], colors: readonly string[]): Plot.Markish[] {
  return steps.map((step, i) =>
    Plot.text([`step ${step.toLocaleString("en-US")}`], {
      frameAnchor: "top-right",
      textAnchor: "start",
      dx: 8,
      dy: 16 * i,
      fill: colors[i]!,
      fontWeight: "bold",
    })
  );
}
