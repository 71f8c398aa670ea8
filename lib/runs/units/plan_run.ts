/** From the name of a model and options to the plan of a run. */

import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { declaredNetwork } from "../../options/declared_network.ts";
import { detectArchitecture } from "../../architectures/detect.ts";
import { chosenLayers } from "../../networks/layer_selection.ts";
import { fullNetworkParts } from "../../networks/full/full_network_parts.ts";
import { drawSample } from "../../networks/sample_nodes.ts";
import { lengthBins } from "../../networks/full/length_bins.ts";
import {
  type AnalysisOptions,
  analysisOptions,
  checkRadiiWithin,
  isFull,
} from "../analysis_options.ts";
import {
  type ModelNetworks,
  openFullNetworks,
  openModelNetworks,
} from "../store/model_networks.ts";
import { nfdChoices } from "../nfd/nfd_options.ts";
import type { OptionValues } from "../../options/options.ts";
import {
  type RunAccess,
  selectAnySteps,
  selectSteps,
  thresholdLength,
} from "../open_selected_run.ts";
import { type LeftOut, leftOutOf, runRecord, versions } from "../run_record.ts";
import { checkUnits, type PlannedPart, type RunPlan } from "./run_plan.ts";
import { RunSource } from "./run_source.ts";
import { StoreSource } from "./store_source.ts";
import { spectrumChoices, type UnitChoices } from "./unit.ts";
import type { StorePlace, UnitPlace, UnitSource } from "./unit_place.ts";
import type { NeuronLayer } from "../../architectures/architecture.ts";

/** What decides the tables of a model, and which are wanted: those of E, of node fractal dimensions (NFD), or both. */
export interface WantedTables {
  /** Every choice. */
  readonly options: AnalysisOptions;
  /** Which tables are wanted; both unless given. */
  readonly tables?: "both" | "emergence" | "nfd";
}

/** A plan, and from where its units are measured. */
export interface PlannedRun {
  /** The plan. */
  readonly plan: RunPlan;
  /** Where its units are measured from. */
  readonly source: UnitSource;
  /** The same, for workers. */
  readonly place: UnitPlace;
}

/** Where a run is looked for. */
export interface PlanRunOptions extends RunAccess {
  /** Folder of stored networks, read where they are there. */
  readonly store: string;
  /** The steps wanted; default all. */
  readonly steps?: readonly number[] | undefined;
}

/**
 * Plan a run: open the model, look over its checkpoints, and find what decides its tables. Nothing is written.
 *
 * @param source What {@linkcode openRun} opens or has opened, or the name of a model in the store.
 * @throws {Error} If the model, a step or stored networks cannot be used, or two steps hold the same weights.
 * @throws {RangeError} If no layer has a name asked for.
 */
export async function planRun(
  source: string | CheckpointRun,
  wanted: WantedTables,
  { store, steps, ...callers }: PlanRunOptions,
): Promise<PlannedRun> {
  const { tables = "both" } = wanted;
  const given = analysisOptions(wanted.options, "analyzeRun");
  const declared = declaredNetwork(given);
  const isDeclared = Object.keys(declared).length > 0;
  const access = { ...callers, declared };
  const nullKind = tables === "nfd" ? undefined : given.null;
  // Full networks are counted by their rounded lengths, a limited number of them.
  if (isFull(given)) lengthBins(0, given.nfdThreshold, given.digits);
  const select = tables === "nfd" ? selectAnySteps : selectSteps;
  const opened = isFull(given)
    ? await openFullNetworks(source, steps, access, select)
    : await openModelNetworks(source, given, store, steps, { ...access, nullKind }, select);
  const { model, layers, digests, duplicates, weights: modelSize, place, run } = opened;
  const checkpoints = Array.from(digests, ([step, sha256]) => ({ step, sha256 }));
  const names = namedLayers(given, layers);
  const options = { ...given, ...names };
  const chosen = [...names.layers ?? [], ...names.roles ?? []];
  if (nullKind === "permute-columns" && keepsMasses(given)) access.onWarning?.(SAME_MASSES);
  const threshold = tables === "nfd"
    ? null
    : await thresholdLength(options.threshold, () => opened.networks([0]));
  if (threshold !== null && typeof options.radii === "object") {
    checkRadiiWithin(options.radii, threshold);
  }
  const { nfdThreshold, minimumEdges, digits } = options;
  const choices: UnitChoices = {
    sampling: isFull(given)
      ? null
      : { layerSample: given.layerSample, qkv: given.qkv, edges: given.edges },
    layers: chosen.length === 0 ? null : chosenLayers(layers, chosen),
    spectrum: threshold === null ? null : spectrumChoices(options, threshold),
    nodes: tables === "emergence" ? null : { nfdThreshold, minimumEdges, digits },
    ...isDeclared && { declared },
  };
  const plan: RunPlan = {
    model,
    layers,
    checkpoints,
    duplicates,
    parts: isFull(given)
      ? await partsOf(opened, chosen)
      : await samplesOf(opened, given.samples, given.layerSample),
    choices,
    versions: versions(),
    emergence: threshold === null
      ? null
      : runRecord(model, options, threshold, digests, await leftOut(opened)),
    nodes: tables === "emergence"
      ? null
      : { model, modelSize, options: nfdChoices(options), checkpoints, versions: versions() },
  };
  checkUnits(plan);
  return {
    plan,
    source: run === null ? new StoreSource(place as StorePlace) : new RunSource(run),
    place,
  };
}

/** Said of a null model that tells nothing of the networks measured. */
const SAME_MASSES =
  "the null model permute-columns keeps every mass of neurons that are measured with all their edges, so E_null is E; " +
  "permute and permute-rows do not";

/** Whether a mass counts the weights that leave a neuron, all of them. */
function keepsMasses(options: AnalysisOptions): boolean {
  return isFull(options) || (options.edges === "all" && options.distance === "edge");
}

/** What of a model is no part of its network; of stored networks nothing is known. */
async function leftOut({ run, steps }: ModelNetworks): Promise<LeftOut[]> {
  return run === null ? [] : leftOutOf(detectArchitecture(await run.checkpoint(steps[0]!)));
}

async function samplesOf(
  { run, steps }: ModelNetworks,
  samples: number,
  layerSample: number,
): Promise<PlannedPart[]> {
  if (run !== null) {
    const checkpoint = await run.checkpoint(steps[0]!);
    // A model that is too small is refused before anything is measured.
    drawSample(checkpoint, detectArchitecture(checkpoint), 0, layerSample);
  }
  return Array.from({ length: samples }, (_, index) => ({ kind: "sample", index, weights: 1 }));
}

async function partsOf(
  { run, steps }: ModelNetworks,
  chosen: readonly string[],
): Promise<PlannedPart[]> {
  const architecture = detectArchitecture(await run!.checkpoint(steps[0]!));
  return fullNetworkParts(architecture, chosen.length === 0 ? undefined : chosen)
    .map(({ index, weights }) => ({ kind: "layer", index, weights }));
}

/**
 * The names and roles of layers that are chosen, each put together where it was taken apart at a comma, such as
 * `query, key, value`.
 *
 * @throws {RangeError} If no layer has a name or role of these words, naming the nearest.
 */
function namedLayers(
  { layers, roles }: Partial<OptionValues<"layers" | "roles">>,
  all: readonly NeuronLayer[],
): Partial<OptionValues<"layers" | "roles">> {
  return {
    ...layers && { layers: chosenNames(layers, all) },
    ...roles && { roles: chosenNames(roles, all) },
  };
}

/** Names of layers as they are typed, some of which hold commas themselves. */
export function chosenNames(words: readonly string[], layers: readonly NeuronLayer[]): string[] {
  const known = new Set(layers.slice(0, -1).flatMap(({ name, role }) => [name, role]));
  const names: string[] = [];
  for (let start = 0; start < words.length;) {
    let end = words.length;
    while (end > start + 1 && !known.has(words.slice(start, end).join(", "))) end--;
    names.push(words.slice(start, end).join(", "));
    start = end;
  }
  chosenLayers(layers, names);
  return names;
}
