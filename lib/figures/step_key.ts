/** A key of training steps inside a panel, since Plot's own legends are HTML and get lost outside a page. */
import * as Plot from "@observablehq/plot";

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
