import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { NULL_KINDS, type NullKind } from "../../../lib/options/measuring_options.ts";
import { nullRequests } from "../../../lib/emergence/null_models/null_tensors.ts";
import { familyCheckpoint } from "./families.ts";

/** The kinds for which a row of a tensor takes the whole tensor. */
function wholeFor(family: "gpt_neox" | "gpt2", name: string): string[] {
  const architecture = detectArchitecture(familyCheckpoint(family));
  const rows = [{ start: 1, end: 3 }];
  return Object.keys(NULL_KINDS).filter((kind) => {
    const [bias, request] = nullRequests(kind as NullKind, architecture, [
      { name: "no matrix", rows },
      { name, rows },
    ]);
    assert.deepEqual(bias, { name: "no matrix", rows });
    assert.ok([undefined, rows].includes(request!.rows as typeof rows));
    return request!.rows === undefined;
  });
}

Deno.test("nullRequests() asks for whole tensors only where a row takes more than itself", () => {
  assert.deepEqual(wholeFor("gpt_neox", "gpt_neox.layers.0.mlp.dense_h_to_4h.weight"), [
    ...["permute", "permute-columns", "gaussian", "rescale"],
  ]);
  // Stored the other way round, a row holds what leaves a neuron.
  assert.deepEqual(wholeFor("gpt2", "h.0.mlp.c_fc.weight"), [
    ...["permute", "permute-rows", "gaussian", "rescale"],
  ]);
});
