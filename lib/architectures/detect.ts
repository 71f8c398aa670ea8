/** Recognise a checkpoint's architecture. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { shown, shownName, someNames } from "../messages/shown.ts";
import type { Architecture } from "./architecture.ts";
import {
  type ArchitectureDescription,
  checkedDescription,
} from "../schemas/architecture_description.ts";
import * as known from "./families.ts";
import { proposal } from "./propose.ts";
import { recurrentMatrix } from "./recurrent.ts";
import { spelledAs } from "./spellings.ts";
import { describedArchitecture, type PartOption, recognises } from "./recognise.ts";

/** Every description of every family that is known; those that are recognised by little are tried last. */
export const families: readonly ArchitectureDescription[] = Object.values(known).flat()
  .toSorted((a, b) => Number(a.recognised?.whole ?? false) - Number(b.recognised?.whole ?? false));

/** Which network a checkpoint holds. */
export interface DetectArchitectureOptions extends PartOption {
  /** The network as data, where it is none of the known families; see `lib/architectures/README.md`. */
  readonly architecture?: ArchitectureDescription | undefined;
}

/**
 * The architecture of a checkpoint, from its config or, without one, from the names of its tensors. One of no known family
 * whose matrices are all one chain, each leading from what the one before leads to, or a chain that parts at its end, takes in
 * new inputs or has a latent layer, is taken for that, marked as a `guess`.
 *
 * @param checkpoint The checkpoint; what it carries of a network as data counts where the options have none.
 * @param options A network as data, and the part of a model of several.
 * @throws {Error} if it is none that is known, with the tensors that had no place, or if its tensors and
 * config do not fit together.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { detectArchitecture } from "neuromfa/checkpoints";
 *
 * const run = await openRun("suite:nano-64");
 * const architecture = detectArchitecture(await run.checkpoint(0));
 * assert.equal(architecture.family, "gpt_neox");
 * assert.equal(architecture.layers[0]!.size, 64);
 * assert.equal(architecture.matrices.length, 4 * 4); // four blocks
 * ```
 */
export function detectArchitecture(
  checkpoint: Checkpoint,
  options: DetectArchitectureOptions = {},
): Architecture {
  const { description, part } = descriptionOf(checkpoint, options);
  if (description !== undefined) return describedArchitecture(checkpoint, description, { part });
  const recurrent = recurrentMatrix(checkpoint);
  if (recurrent !== undefined) {
    throw new Error(
      `${checkpoint.source} is a recurrent network: recurrent matrices (${shownName(recurrent)}) ` +
        "are no layered network, since their neurons lead back to themselves; " +
        "measure a network whose layers lead on, such as a transformer, an MLP or convolutions",
    );
  }
  const type = checkpoint.config?.model_type;
  const told = type === undefined ? "" : ` (model_type ${shown(type)})`;
  const wanted = part === undefined ? "" : ` in its part ${shown(part)}`;
  throw new Error(
    `${checkpoint.source} is of no known architecture${told}${wanted}; ` +
      `known: ${[...new Set(families.map(({ family }) => family))].join(", ")}; ` +
      "neuromfa describe proposes one for --architecture; " +
      `tensors without a place: ${someNames([...checkpoint.tensors.keys()])}`,
  );
}

/** The description that a checkpoint is read by, `undefined` where it is of no known family. */
export function descriptionOf(
  checkpoint: Checkpoint,
  options: DetectArchitectureOptions,
): { description: ArchitectureDescription | undefined; part: string | undefined } {
  const own = checkpoint.declared as DetectArchitectureOptions | undefined;
  const { architecture = own?.architecture, part = own?.part } = options;
  if (architecture !== undefined) {
    return { description: checkedDescription(architecture, "architecture"), part };
  }
  const family = families.find((family) => recognises(checkpoint, family, { part }));
  const known = family && spelledAs(checkpoint, family);
  const isKnown = known !== undefined &&
    (!known.recognised?.whole || part !== undefined || fits(checkpoint, known));
  const guess = isKnown || part !== undefined ? null : proposal(checkpoint);
  return { description: guess?.isCertain ? guess.description : known, part };
}

/** Whether a checkpoint can be read by a description: names that say little do not tell that one matrix feeds the next. */
function fits(checkpoint: Checkpoint, description: ArchitectureDescription): boolean {
  try {
    describedArchitecture(checkpoint, description);
    return true;
  } catch {
    return false;
  }
}
