/** From the name of a model and options to the plan of a run. */

import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { declaredNetwork } from "../../options/declared_network.ts";
import { detectArchitecture } from "../../architectures/detect.ts";
import { chosenLayers } from "../../networks/layer_selection.ts";
import { fullNetworkParts } from "../../networks/full/full_network_parts.ts";
import { RelatedSteps } from "../../networks/related_steps.ts";
import { drawSample } from "../../networks/sample_nodes.ts";
import { lengthBins } from "../../networks/full/length_bins.ts";
import {
  type AnalysisOptions,
  analysisOptions,
  checkRadiiWithin,
  isFull,
  nfdChoices,
} from "../analysis_options.ts";
import { type ModelNetworks, openModelNetworks } from "../store/model_networks.ts";
import { chooseSteps } from "../../checkpoints/choose_steps.ts";
import { isDrawn, type RunAccess, selectSteps, thresholdLength } from "../open_selected_run.ts";
import { originOf } from "../run_origin.ts";
import { runRecord, versions } from "../run_record.ts";
import { checkUnits, type PlannedPart, type RunPlan } from "./run_plan.ts";
import { spectrumChoices, type UnitPlace, type UnitSource } from "./unit.ts";
import { RunSource, storeSource } from "./unit_source.ts";
import type { NeuronLayer } from "../../architectures/architecture.ts";

/** What decides the tables of a model, and which are wanted: those of E, of node fractal dimensions (NFD), or both. */
export interface WantedTables {
  /** Every choice. */
  readonly options: AnalysisOptions;
  /** Which tables are wanted; both unless given. */
  readonly tables?: "both" | "emergence" | "nfd";
}

/** A plan, and where its units are measured from: here, and in workers. */
export interface PlannedRun {
  readonly plan: RunPlan;
  readonly source: UnitSource;
  readonly place: UnitPlace;
}

/** Where a run is looked for. */
export interface PlanRunOptions extends RunAccess {
  /** Folder of stored networks, read where they are there. */
  readonly store: string;
  /** The steps wanted, or words for them; the usual ones of the run unless given. */
  readonly steps?: readonly number[] | string | undefined;
  /**
   * The threshold as a length, where it is known of a step that is not there any more.
   *
   * @internal
   */
  readonly threshold?: number | undefined;
}

/** Plan a run: open the model, look over its checkpoints, and find what decides its tables. Nothing is written. */
export async function planRun(
  source: string | CheckpointRun,
  wanted: WantedTables,
  { store, steps, threshold: known, ...callers }: PlanRunOptions,
): Promise<PlannedRun> {
  const { tables = "both" } = wanted;
  const given = analysisOptions(wanted.options, "analyzeRun");
  const declared = declaredNetwork(given);
  const isDeclared = Object.keys(declared).length > 0;
  const access = { ...callers, declared };
  const nullKind = tables === "nfd" ? undefined : given.null;
  // Full networks are counted by their rounded lengths, a limited number of them.
  if (isFull(given)) lengthBins(0, given.nfdThreshold, given.digits);
  const select = tables === "nfd" ? chooseSteps : selectSteps;
  const opened = await openModelNetworks(
    ...[
      source,
      given,
      store,
      steps,
      { ...access, nullKind, baseline: given.baseline, weights: given.weights },
      select,
    ] as const,
  );
  const { model, layers, digests, duplicates, weights: modelSize, place, run, ...told } = opened;
  const { leftOut, notes, entry } = told;
  const reference = typeof given.baseline === "number" ? given.baseline : 0;
  if (tables !== "nfd") checkReference(given, reference, opened);
  const checkpoints = Array.from(digests, ([step, sha256]) => ({ step, sha256 }));
  const options = {
    ...given,
    // Each put together where it was taken apart at a comma, such as `query, key, value`.
    ...given.layers && { layers: chosenNames(given.layers, layers) },
    ...given.roles && { roles: chosenNames(given.roles, layers) },
  };
  const chosen = [...options.layers ?? [], ...options.roles ?? []];
  if (nullKind === "permute-columns" && keepsMasses(given)) access.onWarning?.(SAME_MASSES);
  const threshold = tables === "nfd"
    ? null
    : known ?? await thresholdLength(options.threshold, () => opened.networks([reference]));
  if (threshold !== null && typeof options.radii === "object") {
    checkRadiiWithin(options.radii, threshold);
  }
  const { nfdThreshold, minimumEdges, digits } = options;
  const origin = typeof source === "string" && await originOf({
    ...{ name: source, networks: source === model ? store : undefined, run },
    // A step that was drawn lies nowhere.
    steps: [...digests.keys()].filter((step) => step !== 0 || !isDrawn(given.baseline)),
  }, callers);
  const plan: RunPlan = {
    ...{ model, layers, checkpoints, duplicates },
    parts: await partsOf(opened, given, chosen),
    choices: {
      sampling: isFull(given)
        ? null
        : { layerSample: given.layerSample, qkv: given.qkv, edges: given.edges },
      layers: chosen.length === 0 ? null : chosenLayers(layers, chosen),
      spectrum: threshold === null ? null : spectrumChoices(options, threshold),
      nodes: tables === "emergence" ? null : { nfdThreshold, minimumEdges, digits },
      ...isDeclared && { declared },
    },
    versions: versions(),
    emergence: threshold === null
      ? null
      : runRecord(model, options, threshold, digests, leftOut, notes, entry),
    nodes: tables === "emergence"
      ? null
      : { model, modelSize, options: nfdChoices(options), checkpoints, versions: versions() },
    ...origin && { source: origin },
  };
  checkUnits(plan);
  const stored = place.kind === "store" && storeSource(place.store, place.model);
  const related = run && !access.allowUnrelated ? new RelatedSteps(run) : undefined;
  return { plan, source: stored || new RunSource(run!, related), place };
}

/** Refuse what needs a step to compare with, where there is none. */
function checkReference(
  { null: nullKind, threshold }: AnalysisOptions,
  reference: number,
  { model, steps }: ModelNetworks,
): void {
  if (steps.includes(reference)) return;
  const what = nullKind !== undefined
    ? "a null model"
    : typeof threshold === "object"
    ? "a threshold in medians"
    : null;
  if (what === null) return;
  throw new Error(
    `${model} has no step ${reference}, which ${what} needs; choose another step to compare with by baseline ` +
      `(--baseline ${steps[0]}), or leave it out`,
  );
}

/** Said of a null model that tells nothing of the networks measured. */
const SAME_MASSES =
  "the null model permute-columns keeps every mass of neurons that are measured with all their edges, so E_null is E; " +
  "permute and permute-rows do not";

/** Whether a mass counts the weights that leave a neuron, all of them. */
function keepsMasses(options: AnalysisOptions): boolean {
  return isFull(options) || (options.edges === "all" && options.distance === "edge");
}

/** The samples, or the layers chosen; a model that is too small is refused before anything is measured. */
async function partsOf(
  { run, steps }: ModelNetworks,
  options: AnalysisOptions,
  chosen: readonly string[],
): Promise<PlannedPart[]> {
  const checkpoint = await run?.checkpoint(steps[0]!);
  const architecture = checkpoint && detectArchitecture(checkpoint);
  if (isFull(options)) {
    return fullNetworkParts(architecture!, chosen.length === 0 ? undefined : chosen)
      .map(({ index, weights }) => ({ kind: "layer", index, weights }));
  }
  const { samples, layerSample } = options;
  if (architecture) drawSample(checkpoint, architecture, 0, layerSample);
  return Array.from({ length: samples }, (_, index) => ({ kind: "sample", index, weights: 1 }));
}

/** Names of layers as they are typed, some of which hold commas themselves; throws if there is none of these words. */
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
