/** What a plan must be that is read back from beside its units. */

import * as v from "valibot";
import {
  lawful,
  notNegative,
  positive,
  sha256,
  some,
  texts,
  wholeNumber,
} from "../../schemas/pieces.ts";
import { isFull } from "../analysis_options.ts";
import { storedEntries } from "../stored_options.ts";
import {
  storedCheckpoints,
  storedLayers,
  storedNodesRecord,
  storedRunRecord,
} from "../stored_records.ts";
import type { RunPlan } from "./run_plan.ts";
import type { UnitChoices } from "./unit.ts";

/** Far more units than anybody measures, and few enough to list. */
const MOST_UNITS = 10_000_000;

const choices = v.strictObject({
  sampling: v.nullable(v.strictObject(storedEntries(["layerSample", "qkv", "edges"]))),
  layers: v.nullable(v.array(wholeNumber(0))),
  spectrum: v.nullable(v.strictObject({
    ...storedEntries(["minimumEdges", "digits", "distance", "pathLayers"]),
    ...storedEntries(["q", "alpha0", "filterTolerance", "radii"]),
    threshold: positive,
  })),
  nodes: v.nullable(v.strictObject(storedEntries(["nfdThreshold", "minimumEdges", "digits"]))),
  declared: v.exactOptional(v.strictObject(storedEntries(["architecture", "part"]))),
}) as v.GenericSchema<unknown, UnitChoices>;

/** A plan of a model. */
export function storedPlan(model: string): v.GenericSchema<unknown, RunPlan> {
  return lawful(
    v.object({
      model: v.literal(model),
      layers: storedLayers,
      checkpoints: storedCheckpoints(sha256),
      duplicates: v.array(v.object({
        steps: v.pipe(v.array(wholeNumber(0)), v.minLength(2, "a list of two steps or more")),
        digest: v.string(),
      })),
      parts: some(v.object({
        kind: v.picklist(["sample", "layer"]),
        index: wholeNumber(0),
        weights: notNegative,
      })),
      choices,
      versions: texts,
      emergence: v.nullable(storedRunRecord(model)),
      nodes: v.nullable(storedNodesRecord(model)),
    }),
    checkTogether,
  );
}

/** What the parts of a plan say of each other, on which all that is done with it relies. */
function checkTogether(plan: RunPlan): void {
  const { layers, checkpoints, parts, choices, emergence, nodes } = plan;
  if (checkpoints.length === 0) throw new Error("checkpoints is empty");
  if (emergence === null && nodes === null) throw new Error("it is a plan of no tables");
  if ((emergence === null) !== (choices.spectrum === null)) {
    throw new Error("emergence and choices.spectrum must both be there or be null");
  }
  if ((nodes === null) !== (choices.nodes === null)) {
    throw new Error("nodes and choices.nodes must both be there or be null");
  }
  if (emergence !== null && !checkpoints.some(({ step }) => step === 0)) {
    throw new Error("checkpoints lacks step 0, which E compares every step with");
  }
  for (const [name, record] of Object.entries({ emergence, nodes })) {
    if (record === null) continue;
    const { options } = record;
    if (isFull(options) !== (choices.sampling === null)) {
      throw new Error(`choices.sampling does not fit ${name}.options`);
    }
    const isListed = checkpoints.length === record.checkpoints.length &&
      checkpoints.every(({ step, sha256 }, i) =>
        step === record.checkpoints[i]!.step && sha256 === record.checkpoints[i]!.sha256
      );
    if (!isListed) throw new Error(`${name}.checkpoints are not those of the plan`);
    const isWhole = isFull(options)
      ? parts.every(({ kind, index }) => kind === "layer" && index < layers.length)
      : parts.length === options.samples &&
        parts.every(({ kind, index }, i) => kind === "sample" && index === i);
    if (!isWhole) throw new Error(`parts are not those that ${name}.options asks for`);
  }
  for (const index of choices.layers ?? []) {
    if (index >= layers.length) {
      throw new Error(`choices.layers names layer ${index}, which is none`);
    }
  }
  const draws = emergence?.options.nullDraws ?? 0;
  const units = parts.length * checkpoints.length * (1 + draws);
  if (units > MOST_UNITS) throw new Error(`it has ${units} units, more than ${MOST_UNITS}`);
}
