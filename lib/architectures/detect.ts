/** Recognise a checkpoint's architecture. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { shown, someNames } from "../messages/shown.ts";
import type { Architecture } from "./architecture.ts";
import { describeBert, isBert } from "./bert.ts";
import { describeGpt2, isGpt2 } from "./gpt2.ts";
import { describeGptNeoX, isGptNeoX } from "./gpt_neox.ts";
import { describeLlama, isLlama } from "./llama.ts";
import { describeMlp, isMlp } from "./mlp.ts";
import { describeResNet, isResNet } from "./resnet.ts";
import { describeVit, isVit } from "./vit.ts";

/** Every family that is known: how a checkpoint of it is recognised, and what it is made of. */
const families = {
  gpt_neox: [isGptNeoX, describeGptNeoX],
  gpt2: [isGpt2, describeGpt2],
  llama: [isLlama, describeLlama],
  bert: [isBert, describeBert],
  vit: [isVit, describeVit],
  resnet: [isResNet, describeResNet],
  // Last, since its tensors have no names of their own.
  mlp: [isMlp, describeMlp],
} as const;

/**
 * The architecture of a checkpoint, from its config or, without one, from the names of its tensors.
 *
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
export function detectArchitecture(checkpoint: Checkpoint): Architecture {
  for (const [is, describe] of Object.values(families)) {
    if (is(checkpoint)) return describe(checkpoint);
  }
  const type = checkpoint.config?.model_type;
  const told = type === undefined ? "" : ` (model_type ${shown(type)})`;
  throw new Error(
    `${checkpoint.source} is of no known architecture${told}; ` +
      `known: ${Object.keys(families).join(", ")}; ` +
      `tensors without a place: ${someNames([...checkpoint.tensors.keys()])}`,
  );
}
