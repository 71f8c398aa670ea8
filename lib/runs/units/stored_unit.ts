/** What a unit must be that is read back from its file. */

import * as v from "valibot";
import { nodeStatuses } from "../../nfd/nfd.ts";
import { finite, lawful, notNegative, positive, wholeNumber } from "../../schemas/pieces.ts";
import { storedLayer } from "../stored_records.ts";
import { choicesOf, type RunPlan } from "./run_plan.ts";
import type { Unit } from "./unit.ts";

const doubles = v.instance(Float64Array, "a list of doubles");
const finiteDoubles = v.pipe(
  doubles,
  v.check((values) => values.every(Number.isFinite), "a list of finite doubles"),
);

const count = wholeNumber(0);
const counts = { edges: count, nodes: count, selectedNodes: count, radii: count };

/** A spectrum, and a network that has none. */
const spectrum = v.union([
  lawful(
    v.object({
      ...counts,
      status: v.literal("ok"),
      ...{ q: finiteDoubles, tau: finiteDoubles, rValue: finiteDoubles },
      stderr: finiteDoubles,
      ...{ alpha: finiteDoubles, fAlpha: finiteDoubles },
      ...{ width: finite, alpha0: finite, alpha0Analytic: finite },
      maximum: v.object({ index: count, tie: v.boolean() }),
      filterPass: v.strictTuple([v.boolean(), v.boolean(), v.boolean(), v.boolean()]),
      drawnShare: v.exactOptional(finite),
      smallestRadii: v.array(v.object({ radius: positive, edges: count })),
    }),
    ({ q, tau, rValue, stderr, alpha, fAlpha }) => {
      checkLengths({ q, tau, rValue, stderr });
      checkLengths({ "q but for its last": q.subarray(1), alpha, fAlpha });
    },
  ),
  v.object({
    ...counts,
    status: v.picklist(["no node selected", "only one radius"]),
    reason: v.string(),
  }),
]);

const dimensionEntries = {
  nodeIds: v.instance(Int32Array, "a list of node ids"),
  values: finiteDoubles,
  edges: v.instance(Uint32Array, "a list of counts"),
  statuses: v.pipe(
    v.instance(Uint8Array, "a list of statuses"),
    v.check((all) => all.every((status) => status < nodeStatuses.length), "a list of statuses"),
  ),
};

/** The nodes of a sample of a model with so many layers. */
function sampledNodes(layers: number) {
  const indices = v.pipe(
    v.instance(Uint16Array, "a list of layers"),
    v.check((all) => all.every((index) => index < layers), "a list of layers of the model"),
  );
  return lawful(v.object({ ...dimensionEntries, layers: indices }), checkLengths);
}

/** A layer of the full network, with or without dimensions. */
function layerPart(hasNodes: boolean) {
  const dimensions = lawful(v.object(dimensionEntries), checkLengths);
  return lawful(
    v.object({
      index: count,
      layer: v.object({ layer: storedLayer, nodes: count, kept: count }),
      edges: count,
      boxes: v.object({
        threshold: positive,
        minimumEdges: notNegative,
        digits: wholeNumber(0, 9),
      }),
      ...{ q: finiteDoubles, edgesAt: finiteDoubles, powers: doubles, logMasses: doubles },
      dimensions: hasNodes ? dimensions : v.nullable(dimensions),
    }),
    ({ q, edgesAt, powers, logMasses }) => {
      checkLengths({ edgesAt, logMasses });
      checkLengths({ "edgesAt × q": { length: q.length * edgesAt.length }, powers });
    },
  );
}

/** What one of a plan's units must be. */
export function storedUnit(plan: RunPlan, unit: Unit): v.GenericSchema {
  const { sampling, spectrum: spectra, nodes } = choicesOf(plan, unit);
  if (sampling === null) return layerPart(nodes !== null);
  return v.object({
    edges: count,
    spectrum: spectra === null ? v.null() : spectrum,
    nodes: nodes === null ? v.null() : sampledNodes(plan.layers.length),
  });
}

/** Refuse lists of which one has another length than the first. */
function checkLengths(lists: Readonly<Record<string, { readonly length: number }>>): void {
  const [first, ...others] = Object.entries(lists);
  for (const [name, { length }] of others) {
    if (length === first![1].length) continue;
    throw new Error(`${name} has ${length} entries, but ${first![0]} has ${first![1].length}`);
  }
}
