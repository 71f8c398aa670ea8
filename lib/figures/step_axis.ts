/** The axis of training steps: logarithmic, yet with a place for step 0. */

import * as Plot from "@observablehq/plot";
import { BESIDE, stepWords } from "./style.ts";

/** Scale options for training steps on Plot's x axis, counted from `since`, with ticks at 0 and powers of 4 or 16. */
export function stepAxis(steps: Iterable<number>, since = 0) {
  const last = Math.max(1, ...steps);
  const factor = last > 4 ** 7 ? 16 : 4; // more than nine names would touch
  const ticks = [0];
  for (let step = 1; step <= last; step *= factor) ticks.push(step);
  const label = since === 0
    ? "training step (spaced as ln(1 + step)) →"
    : `steps since step ${stepWords(since)} (spaced as ln(1 + steps)) →`;
  const scale = { type: "symlog", constant: 1, labelAnchor: "center" } as const;
  return { ...scale, ticks, tickFormat: stepWords, label };
}

/** Text marks that name the steps in their colours, one under the other in the right margin. */
export function stepKey(steps: readonly number[], colors: readonly string[]): Plot.Markish[] {
  return steps.map((step, i) =>
    Plot.text([`step ${stepWords(step)}`], {
      ...BESIDE,
      frameAnchor: "top-right",
      dy: 16 * i,
      fill: colors[i]!,
      fontWeight: "bold",
    })
  );
}
