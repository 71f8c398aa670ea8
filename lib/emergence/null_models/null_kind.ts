/** Which null models there are, and what picks one of their draws. */

import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { choice, given, integer, type Option } from "../../options/option.ts";
import { NULL_KINDS, type NullKind } from "../../options/measuring_options.ts";
import { checkOption, type OptionTable, readOptions } from "../../options/read_options.ts";
import type { StoredMatrix } from "./stored_matrix.ts";
import { textDigest } from "./text_digest.ts";
import { shownName } from "../../messages/shown.ts";

/** What decides a null model of a run. */
export interface NullModelOptions {
  /** Which null model. */
  readonly kind: NullKind;
  /** The number of the draw, from 0; `rescale` has nothing to draw and only draw 0. */
  readonly draw: number;
  /** Seed of all draws, an integer from 0. */
  readonly seed: number;
}

/** What decides a null model of one checkpoint. */
export interface NullCheckpointOptions extends NullModelOptions {
  /** The checkpoint of step 0; `rescale` needs it, no other kind takes it. */
  readonly untrained?: Checkpoint;
}

/** The options of a null model, as declared. */
export const NULL_MODEL_OPTIONS = {
  kind: choice(Object.keys(NULL_KINDS) as NullKind[], { help: "which null model" }),
  draw: integer({ min: 0, max: Number.MAX_SAFE_INTEGER, help: "the number of the draw" }),
  seed: integer({ min: 0, max: Number.MAX_SAFE_INTEGER, help: "seed of all draws" }),
};

/** The options of a null model of one checkpoint, as declared. */
export const NULL_CHECKPOINT_OPTIONS = {
  ...NULL_MODEL_OPTIONS,
  untrained: given<Checkpoint>("a checkpoint", (value) => typeof value === "object", {
    help: "the checkpoint of step 0",
  }),
};

/** Read the options of a null model, all of which must be given. */
export function checkNullModel(
  caller: string,
  table: OptionTable,
  { kind, draw, seed, ...more }: NullCheckpointOptions,
): void {
  readOptions(caller, table, { kind, draw, seed, ...more });
  for (const [name, value] of Object.entries({ kind, draw, seed })) {
    checkOption(name, table[name] as Option<unknown>, value);
  }
  if (kind === "rescale" && draw > 0) {
    throw new RangeError(
      `the null model "rescale" has nothing to draw, so its only draw is 0, not ${draw}`,
    );
  }
}

/** Check that `rescale` has an untrained checkpoint of the same shapes, and no other kind has one. */
export function checkUntrained(
  checkpoint: Checkpoint,
  matrices: ReadonlyMap<string, StoredMatrix>,
  { kind, untrained }: NullCheckpointOptions,
): void {
  if (kind !== "rescale" && untrained) {
    throw new RangeError(`The null model "${kind}" takes no untrained checkpoint; leave it out`);
  }
  if (kind !== "rescale") return;
  if (!untrained) {
    throw new RangeError(
      'The null model "rescale" needs the untrained checkpoint: give the one of step 0',
    );
  }
  for (const name of matrices.keys()) checkShapes(name, checkpoint, untrained);
}

/** Check that a tensor has the same shape in a checkpoint and in the untrained one. */
export function checkShapes(name: string, checkpoint: Checkpoint, untrained: Checkpoint): void {
  const [here, there] = [checkpoint, untrained].map(({ tensors }) => tensors.get(name)?.shape);
  if (`${here}` === `${there}`) return;
  throw new RangeError(
    `${shownName(name)} has the shape [${here}] in ${checkpoint.source} and [${there ?? "none"}] ` +
      `in ${untrained.source}; give the untrained checkpoint of the same model`,
  );
}

/** SHA-256, lower-case hex, over the digests that a null model is made from and what decides it. */
export async function nullDigest(
  { kind, draw, seed }: NullModelOptions,
  ...digests: readonly (Promise<string> | string | undefined)[]
): Promise<string> {
  const made = (await Promise.all(digests)).filter((digest) => digest !== undefined);
  return textDigest([...made, `null model ${kind}, draw ${draw}, seed ${seed}`].join("\n"));
}
