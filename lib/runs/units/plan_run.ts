/** From the name of a model and options to the plan of a run. */
import { detectArchitecture } from "../../architectures/detect.ts";
import { checkCount, MOST_LAYER_SAMPLE, MOST_SAMPLES } from "../../networks/check_count.ts";
import { chosenLayers } from "../../networks/chosen_layers.ts";
import { fullNetworkParts } from "../../networks/full_network_parts.ts";
import { drawSample } from "../../networks/draw_samples.ts";
import { lengthBins } from "../../networks/length_bins.ts";
import type { AnalysisOptions } from "../analysis_options.ts";
import { type FullAnalysisOptions, isFull } from "../full_analysis_options.ts";
import { checkRadiiWithin } from "../check_analysis_options.ts";
import { openFullNetworks } from "../checkpoint_networks.ts";
import { type ModelNetworks, openModelNetworks } from "../model_networks.ts";
import {
  type FullNodeTablesOptions,
  type NodeTablesChoices,
  type NodeTablesOptions,
  nodeTablesOptions,
} from "../node_fractal_dimension_options.ts";
import type { RunAccess } from "../open_selected_run.ts";
import { runRecord, versions } from "../run_record.ts";
import { selectAnySteps, selectSteps } from "../select_steps.ts";
import { thresholdLength } from "../threshold_length.ts";
import { chosenNames } from "./chosen_names.ts";
import { checkUnits, type PlannedPart, type RunPlan } from "./run_plan.ts";
import { RunSource } from "./run_source.ts";
import { StoreSource } from "./store_source.ts";
import { spectrumChoices } from "./spectrum_choices.ts";
import type { UnitChoices } from "./unit.ts";
import type { StorePlace, UnitPlace, UnitSource } from "./unit_place.ts";

/** Which tables are wanted, and of what. */
export interface WantedTables {
  /** What decides the tables of E, `null` where they are not wanted. */
  readonly emergence: AnalysisOptions | FullAnalysisOptions | null;
  /** What decides the tables of node fractal dimensions, `null` where they are not wanted. */
  readonly nodes: NodeTablesOptions | FullNodeTablesOptions | null;
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
 * @param name What {@linkcode openRun} opens, or the name of a model in the store.
 * @throws {Error} If the model, a step or stored networks cannot be used, or two steps hold the same weights.
 * @throws {RangeError} If no layer has a name asked for.
 */
export async function planRun(
  name: string,
  wanted: WantedTables,
  { store, steps, ...access }: PlanRunOptions,
): Promise<PlannedRun> {
  const given = (wanted.emergence ?? wanted.nodes)!;
  checkBounds(wanted, given);
  const select = wanted.emergence === null ? selectAnySteps : selectSteps;
  const nullKind = wanted.emergence?.nullModel?.kind;
  const opened = isFull(given)
    ? await openFullNetworks(name, steps, access, select)
    : await openModelNetworks(name, given, store, steps, { ...access, nullKind }, select);
  const { model, layers, digests, duplicates, weights: model_size, place, run } = opened;
  const checkpoints = Array.from(digests, ([step, sha256]) => ({ step, sha256 }));
  const only = given.only === undefined ? null : chosenNames(given.only, layers);
  const named = only === null ? {} : { only };
  const emergence = wanted.emergence && { ...wanted.emergence, ...named };
  if (nullKind === "permute-columns" && keepsMasses(given)) access.onWarning?.(SAME_MASSES);
  const threshold = emergence &&
    await thresholdLength(emergence.threshold, () => opened.networks([0]));
  if (emergence?.radii) checkRadiiWithin(emergence.radii, threshold!);
  const nodes: NodeTablesChoices | null = wanted.nodes &&
    nodeTablesOptions({ ...wanted.nodes, ...named });
  const choices: UnitChoices = {
    sampling: isFull(given)
      ? null
      : { layerSample: given.layerSample, qkv: given.qkv, edges: given.edges },
    only: only && chosenLayers(layers, only),
    spectrum: emergence && spectrumChoices(emergence, threshold!),
    nodes: nodes &&
      { threshold: nodes.nfdThreshold, minimumEdges: nodes.minimumEdges, digits: nodes.digits },
  };
  const plan: RunPlan = {
    model,
    layers,
    checkpoints,
    duplicates,
    parts: isFull(given)
      ? await partsOf(opened, only)
      : await samplesOf(opened, given.samples, given.layerSample),
    choices,
    versions: versions(),
    emergence: emergence && runRecord(model, emergence, threshold!, digests),
    nodes: nodes &&
      { model, model_size, options: nodes, checkpoints, versions: versions() },
  };
  checkUnits(plan);
  return {
    plan,
    source: run === null ? new StoreSource(place as StorePlace) : new RunSource(run),
    place,
  };
}

/** What can be refused before the model is opened, of options that were not completed by a function of ours too. */
function checkBounds(
  { nodes }: WantedTables,
  given: AnalysisOptions | FullAnalysisOptions | NodeTablesOptions | FullNodeTablesOptions,
): void {
  // Full networks are counted by their rounded lengths, a limited number of them.
  if (nodes !== null && isFull(nodes)) lengthBins(0, nodes.nfdThreshold, nodes.digits);
  if (isFull(given)) return;
  checkCount("samples", given.samples, MOST_SAMPLES);
  checkCount("layerSample", given.layerSample, MOST_LAYER_SAMPLE);
}

/** Said of a null model that tells nothing of the networks measured. */
const SAME_MASSES =
  "the null model permute-columns keeps every mass of neurons that are measured with all their edges, so E_null is E; " +
  "permute and permute-rows do not";

/** Whether a mass counts the weights that leave a neuron, all of them. */
function keepsMasses(
  options: AnalysisOptions | FullAnalysisOptions | NodeTablesOptions | FullNodeTablesOptions,
): boolean {
  if (isFull(options)) return true;
  return options.edges === "all" && !("distance" in options && options.distance === "path");
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
  only: readonly string[] | null,
): Promise<PlannedPart[]> {
  const architecture = detectArchitecture(await run!.checkpoint(steps[0]!));
  return fullNetworkParts(architecture, only ?? undefined)
    .map(({ index, weights }) => ({ kind: "layer", index, weights }));
}
