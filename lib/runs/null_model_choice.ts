/** The null model that a run is compared with. */
import { checkNullModel, type NullKind } from "../emergence/null_models/null_kind.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";

/** The null model of a run: which, and how many draws of it. */
export interface NullModelChoice {
  /** Which null model. */
  readonly kind: NullKind;
  /** Draws, each measured as the run itself is; 20 unless given, and 1 for `rescale`, which has nothing to draw. */
  readonly draws: number;
  /** Seed of all draws, an integer from 0; 0 unless given. */
  readonly seed: number;
}

/** What may be left out of {@linkcode NullModelChoice}. */
export type PartialNullModelChoice =
  & Pick<NullModelChoice, "kind">
  & Partial<Pick<NullModelChoice, "draws" | "seed">>;

/** The smallest number at which p can be below 0.05. */
const DRAWS = 20;

/** A p value of 1 in 100,000 is finer than any use of it; more would only fill the disk. */
export const MOST_NULL_DRAWS = 100_000;

/**
 * Complete the choice of a null model, its parts in a fixed order.
 *
 * @throws {TypeError} If it has an unknown part.
 */
export function nullModelChoice(given: PartialNullModelChoice): NullModelChoice {
  refuseUnknownOptions("nullModel", given, ["kind", "draws", "seed"]);
  const { kind, draws = kind === "rescale" ? 1 : DRAWS, seed = 0 } = given;
  return { kind, draws, seed };
}

/**
 * Check the choice of a null model.
 *
 * @throws {RangeError} If there is no such kind, or a number is out of range.
 */
export function checkNullModelChoice({ kind, draws, seed }: NullModelChoice): void {
  checkNullModel({ kind, draw: 0, seed });
  if (!(Number.isInteger(draws) && draws >= 1 && draws <= MOST_NULL_DRAWS)) {
    throw new RangeError(
      `the draws of a null model must be an integer from 1 to ${MOST_NULL_DRAWS}, but they are ${draws}; ${DRAWS} is the default`,
    );
  }
  if (kind === "rescale" && draws > 1) {
    throw new RangeError(
      `the null model "rescale" has nothing to draw, so it has 1 draw, not ${draws}; leave the number out`,
    );
  }
}
