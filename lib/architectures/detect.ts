/** Recognise a checkpoint's architecture. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { shown, shownName, someNames } from "../messages/shown.ts";
import type { Architecture } from "./architecture.ts";
import {
  type ArchitectureDescription,
  checkedDescription,
  type IgnoredDescription,
} from "../schemas/architecture_description.ts";
import * as known from "./families.ts";
import { isEmbedding, proposedDescription } from "./propose.ts";
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
 * whose matrices are all one chain, each leading from what the one before leads to, is taken for that, marked as a `guess`.
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
  if (family !== undefined) return { description: spelledAs(checkpoint, family), part };
  return { description: part === undefined ? wholeChain(checkpoint) : undefined, part };
}

/**
 * The chain of all matrices of a checkpoint of no known family, but for embeddings that it begins with: what leaves out
 * anything else is proposed and not measured.
 */
function wholeChain(checkpoint: Checkpoint): ArchitectureDescription | undefined {
  const proposed = proposedDescription(checkpoint);
  if (proposed === null) return undefined;
  const first = proposed.recognised!.tensors![0]!;
  const inputs = checkpoint.tensors.get(first)!.shape[1]!;
  const isTable = ({ tensors: name }: IgnoredDescription) => {
    // A table leads to the chain by its columns, for one token or several; a matrix would lead to it by its rows.
    const [rows, columns = 0] = checkpoint.tensors.get(name)!.shape;
    return isEmbedding(name) && !/unembe?d/i.test(name) && proposed.orientation === undefined &&
      inputs % columns === 0 && rows !== inputs;
  };
  return proposed.ignored?.every(isTable) ?? true ? proposed : undefined;
}
