/** What figures of several readings of the same checkpoints are drawn from. */
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import type { EmergenceVariant } from "./emergence_variants.ts";
import { categoryColors } from "./style.ts";

/** A reading, the rows of it that have an E, and its colour. */
export interface DrawnVariant {
  readonly name: string;
  readonly drawn: readonly EmergenceRow[];
  readonly color: string;
}

/**
 * Every reading with its rows that have an E, in a colour of its own.
 *
 * @param model The model's name, for messages.
 * @throws {RangeError} If a reading has no E.
 */
export function drawnVariants(
  model: string,
  variants: readonly EmergenceVariant[],
): DrawnVariant[] {
  return variants.map(({ name, rows }, i) => {
    const drawn = rows.filter(({ E }) => !Number.isNaN(E));
    const color = categoryColors[i % categoryColors.length]!;
    if (drawn.length > 0) return { name, drawn, color };
    throw new RangeError(`${name} of ${model} has no step with an E to draw; see the statuses`);
  });
}
