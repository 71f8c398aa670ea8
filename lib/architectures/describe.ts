/** What a checkpoint was recognised as, as data that can be changed and given back. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Architecture } from "./architecture.ts";
import type { ArchitectureDescription } from "../schemas/architecture_description.ts";
import { descriptionOf, detectArchitecture, type DetectArchitectureOptions } from "./detect.ts";
import { proposal } from "./propose.ts";

/**
 * Describe the network of a checkpoint: what it was recognised as, with the place of every tensor. Given back as the option
 * `architecture`, it gives the same tables. For an unknown network one is proposed by shapes and order, a chain of matrices
 * of which each comes from what the one before leads to, which may part or take in new inputs, marked with `guess: true`, which the record of a run and captions
 * repeat.
 *
 * @param checkpoint The checkpoint.
 * @param options A network as data, and the part of a model of several.
 * @throws {Error} If the network is neither known nor a chain, or its tensors do not fit together.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { describe, detectArchitecture } from "neuromfa/checkpoints";
 *
 * const checkpoint = await (await openRun("suite:nano-64")).checkpoint(0);
 * const architecture = describe(checkpoint);
 * assert.equal(architecture.family, "gpt_neox");
 * assert.equal(architecture.places!["gpt_neox.embed_in.weight"], "left out: outside the blocks");
 * assert.deepEqual(detectArchitecture(checkpoint, { architecture }), detectArchitecture(checkpoint));
 * ```
 */
export function describe(
  checkpoint: Checkpoint,
  options: DetectArchitectureOptions = {},
): ArchitectureDescription {
  const { description: known } = descriptionOf(checkpoint, options);
  const description = known ?? proposal(checkpoint)?.description ?? null;
  // What is neither known nor a chain is refused as it is anywhere.
  const architecture = detectArchitecture(
    checkpoint,
    description === null ? options : { ...options, architecture: description },
  );
  return { ...description!, places: placesOf(checkpoint, architecture) };
}

/** The place of every tensor in words. */
function placesOf(
  { tensors }: Checkpoint,
  { layers, matrices, ignored = [] }: Architecture,
): Record<string, string> {
  const joined = new Map(
    matrices.map(({ tensor, from, to }) => [
      tensor,
      `${layers[from]!.name} → ${layers[to]!.name}`,
    ]),
  );
  const reasons = new Map(ignored.map(({ tensor, reason }) => [tensor, `left out: ${reason}`]));
  return Object.fromEntries(
    [...tensors.keys()].map((name) => [
      name,
      joined.get(name) ?? reasons.get(name) ?? "left out: bias, norm or counter",
    ]),
  );
}
