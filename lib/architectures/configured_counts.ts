/** Compare how many blocks, experts and stages a config names with those that the tensors are of. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { shown } from "../messages/shown.ts";
import { checkConfiguredSize, configured } from "./checks.ts";
import type { FoundBlock } from "./found_blocks.ts";

/**
 * Check what a config says of numbers: `blocks`, `<part> blocks`, and `{placeholder}`, as a family's `config` names them.
 *
 * @throws {Error} with both values where they differ: the weights are not whole, or another model's.
 */
export function checkConfiguredCounts(
  checkpoint: Checkpoint,
  config: Readonly<Record<string, string>>,
  blocks: readonly FoundBlock[],
): void {
  const sections = [...Map.groupBy(blocks, ({ section }) => section)]
    .filter(([{ repeats }]) => repeats);
  const isSaid = (what: string) =>
    Object.entries(config).some(([entry, named]) =>
      named === what && configured(checkpoint, entry) != null
    );
  for (const [entry, what] of Object.entries(config)) {
    const key = /^\{(\w+)\}$/.exec(what)?.[1];
    if (key !== undefined) checkNumbers(checkpoint, entry, key, blocks);
    sections.forEach(([{ part }, own], i) => {
      // The encoder's number is the decoder's too, unless the config has one for that.
      const isNamed = part !== undefined && what === `${part} blocks`;
      const isOfAll = what === "blocks" &&
        (part === undefined ? i === 0 : !isSaid(`${part} blocks`));
      if (isNamed || isOfAll) checkConfiguredSize(checkpoint, entry, own.length);
    });
  }
}

/** Check the numbers of a placeholder: inside each block, or how many blocks each group of them has. */
function checkNumbers(
  checkpoint: Checkpoint,
  entry: string,
  key: string,
  blocks: readonly FoundBlock[],
): void {
  for (const { counts } of blocks) {
    if (counts[key] !== undefined) checkConfiguredSize(checkpoint, entry, counts[key]);
  }
  const grouped = blocks.filter(({ numbers }) => numbers[key] !== undefined);
  const value = configured(checkpoint, entry);
  if (grouped.length === 0 || value == null) return;
  const measured = [...Map.groupBy(grouped, ({ numbers }) => numbers[key]).values()]
    .map((own) => own.length);
  if (JSON.stringify(value) === JSON.stringify(measured)) return;
  throw new Error(
    `config.json of ${checkpoint.source} says ${entry} ${shown(value)} ` +
      `but its tensors say ${shown(measured)}; one of the two belongs to another model`,
  );
}
