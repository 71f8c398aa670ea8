/** The degree of emergence of each block, or of each kind of layer. */

// @ts-types="@types/d3-array"
import { mean } from "d3-array";
import { fitsOfStep } from "../multifractal/goodness_of_fit.ts";
import type { GroupSpectra } from "../multifractal/spectra_by_group.ts";
import {
  degreeOfEmergence,
  type DegreeOfEmergenceOptions,
  type EmergenceRow,
} from "./degree_of_emergence.ts";

/** One group at one step, under the names of its columns. */
export interface GroupEmergenceRow extends EmergenceRow {
  /** `block 0`, or a role such as `attention output`. */
  readonly group: string;
  /** Mean node fractal dimension over samples, or `null` where no node could have one. */
  readonly nfdMean: number | null;
  /** Nodes with enough edges, mean over samples. */
  readonly nodesKept: number;
  /** Smallest r² of a fit, of any order but 0 and any sample; NaN without a spectrum. */
  readonly r2Least: number;
  /** The middle r² of those fits; NaN without a spectrum. */
  readonly r2Median: number;
}

/**
 * Compute E, the width, alpha_0 and the mean node fractal dimension of each group, every group against itself at the baseline.
 *
 * @returns For each group one row for each step; a group that no weight leaves has a status that says so.
 * @throws {RangeError} If the baseline is missing, or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sampleNetworks } from "neuromfa";
 * import { multifractalSpectraByGroup } from "neuromfa/multifractal";
 * import { emergenceByGroup } from "neuromfa/statistics";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0, 512] });
 * const rows = emergenceByGroup(await multifractalSpectraByGroup(networks, { by: "role" }));
 * const fixed = rows.find(({ group }) => group === "query, key, value")!;
 * assert.equal(fixed.status, "no weight of the model leaves these neurons");
 * ```
 */
export function emergenceByGroup(
  groups: readonly GroupSpectra[],
  options: DegreeOfEmergenceOptions = {},
): GroupEmergenceRow[] {
  return groups.flatMap(({ group, learned, spectra, dimensions }) =>
    degreeOfEmergence(spectra, options).map((row, i) => {
      const own = dimensions.filter(({ step }) => step === row.step);
      return Object.freeze({
        group,
        ...row,
        ...!learned && { status: "no weight of the model leaves these neurons" },
        nfdMean: mean(own, ({ mean }) => mean) ?? null,
        ...fitsOfStep(spectra[i]!),
      });
    })
  );
}
