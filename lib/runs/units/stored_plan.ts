/** A plan beside its units, in a file whose name holds its digest, so that no other plan passes for it. */

import { basename } from "node:path";
import * as v from "valibot";
import { readText } from "../../files/read_file.ts";
import { checkedJson } from "../../schemas/checked_value.ts";
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
import {
  storedCheckpoints,
  storedEntries,
  storedLayers,
  storedNodesRecord,
  storedOrigin,
  storedRunRecord,
} from "../stored_records.ts";
import type { RunPlan } from "./run_plan.ts";
import { shortDigest, type UnitChoices } from "./unit.ts";

/** The name of a plan's file, the same wherever its checkpoints were found. */
export function planFile(plan: RunPlan): string {
  return `plan-${shortDigest(JSON.stringify({ ...plan, source: undefined }))}.json`;
}

/** Whether a file is named like a plan's. */
export function isPlanFile(name: string): boolean {
  return /^plan-[0-9a-f]+\.json$/.test(name);
}

/** Read a plan; rejects if it is none of the model, or was changed since it was written. */
export async function readPlan(path: string, model: string): Promise<RunPlan> {
  const text = await readText(path);
  const plan = checkedJson(text, storedPlan(model), path, "remove it, and measure its units again");
  checkPlanFile(path, text);
  return plan;
}

/** Check that the text of a plan is the one that its file's name tells. */
export function checkPlanFile(path: string, text: string): void {
  try {
    if (planFile(JSON.parse(text)) === basename(path)) return;
  } catch {
    // What is no JSON is no plan.
  }
  throw new Error(
    `${path} was changed since it was written, for its name tells another digest; remove it and ` +
      "run its part again: units that are there are not measured again",
  );
}

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

function storedPlan(model: string): v.GenericSchema<unknown, RunPlan> {
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
      source: v.exactOptional(storedOrigin),
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
  const { baseline, null: nullKind } = emergence?.options ?? {};
  const reference = typeof baseline === "number" ? baseline : 0;
  const isCompared = baseline !== undefined || nullKind !== undefined;
  if (isCompared && !checkpoints.some(({ step }) => step === reference)) {
    throw new Error(`checkpoints lacks step ${reference}, which E compares every step with`);
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
    if (index < layers.length) continue;
    throw new Error(`choices.layers names layer ${index}, which is none`);
  }
  const draws = emergence?.options.nullDraws ?? 0;
  const units = parts.length * checkpoints.length * (1 + draws);
  if (units > MOST_UNITS) throw new Error(`it has ${units} units, more than ${MOST_UNITS}`);
}
