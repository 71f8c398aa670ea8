/** Compare a size in the config with the one that the tensors have. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { shown } from "../messages/shown.ts";

/**
 * Check that the config, where it names a size, names the one that the tensors have.
 *
 * @throws {Error} with both values if they differ.
 */
export function checkConfiguredSize(checkpoint: Checkpoint, entry: string, measured: number): void {
  const configured = checkpoint.config?.[entry] ?? measured;
  if (configured === measured) return;
  throw new Error(
    `config.json of ${checkpoint.source} says ${entry} ${shown(configured)} ` +
      `but its tensors say ${measured}; one of the two belongs to another model`,
  );
}
