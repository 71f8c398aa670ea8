/** Where fixed radii lie among the rounded lengths that a full network is counted by. */
import type { BoxOptions } from "../networks/check_box_options.ts";
import { roundHalfEven } from "../networks/round_half_even.ts";
import { type FixedRadii, radiiOf } from "./fixed_radii.ts";

/**
 * The bins whose sums are those of fixed radii: at each radius that of the longest rounded length that is no longer.
 *
 * @param range The radii.
 * @param boxes How the network was counted.
 * @throws {RangeError} If the radii do not end at the threshold, up to which masses are whole.
 */
export function binsOfRadii(
  range: FixedRadii,
  { threshold, digits }: Pick<BoxOptions, "threshold" | "digits">,
): { bins: number[]; radii: Float64Array } {
  const scale = 10 ** digits, radii = radiiOf(range);
  const bins = Array.from(radii, (radius) => {
    const near = Math.round(radius * scale);
    return near / scale > radius ? near - 1 : near;
  });
  if (bins.at(-1) === roundHalfEven(threshold * scale)) return { bins, radii };
  throw new RangeError(
    `The radii of a full network must end at the threshold ${threshold}, up to which its parts are counted, but ` +
      `they end at ${range.max}; give that as the threshold.`,
  );
}
