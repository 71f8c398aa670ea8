/** Whether the checkpoints of a run are of one model. */
import type { Architecture } from "../architectures/architecture.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";

/**
 * Check that two checkpoints of a run are of one model.
 *
 * @throws {Error} naming the checkpoint and what differs.
 */
export function checkSameSizes(
  { source }: Checkpoint,
  here: Architecture,
  first: Architecture,
): void {
  const refuse = (has: string, had: string) => {
    throw new Error(
      `${source} has ${has} but the run's first step has ${had}; ` +
        "a run holds the checkpoints of one model",
    );
  };
  if (here.family !== first.family) refuse(here.family, first.family);
  const [{ length }, { length: before }] = [here.layers, first.layers];
  if (length !== before) refuse(`${length} layers of neurons`, `${before}`);
  for (const [i, { name, size }] of here.layers.entries()) {
    const { name: firstName, size: firstSize } = first.layers[i]!;
    if (name !== firstName) refuse(`the layer ${name}`, firstName);
    if (size !== firstSize) refuse(`${size} neurons in ${name}`, `${firstSize}`);
  }
}
