/** Units measured from the checkpoints of a run, or from stored networks. */

import { declaredRun } from "../../architectures/declared_run.ts";
import { detectArchitecture } from "../../architectures/detect.ts";
import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { openRun } from "../../checkpoints/open_run.ts";
import { nullCheckpoint } from "../../emergence/null_models/null_checkpoint.ts";
import { NullNetwork, type NullNetworkOptions } from "../../emergence/null_models/null_network.ts";
import { untrainedRun } from "../../emergence/null_models/untrained_run.ts";
import { areWorthCounting, countSamples } from "../../networks/counted_samples.ts";
import {
  bringSamples,
  networksOfCheckpoint,
  type NumberedSample,
  type OpenedCheckpoint,
} from "../../networks/sample_networks.ts";
import { weightRequests } from "../../networks/read_weights.ts";
import type { RelatedSteps } from "../../networks/related_steps.ts";
import { drawSample, type NodeSample } from "../../networks/sample_nodes.ts";
import { type FullNetworkPart, fullNetworkParts } from "../../networks/full/full_network_parts.ts";
import {
  measureFullNetworkPart,
  type MeasurePartOptions,
} from "../../multifractal/measure_full_network_part.ts";
import { loadNetwork, loadRecord } from "../store/network_store.ts";
import type { StepRecord } from "../stored_records.ts";
import { countedWays, measureCountedSample, measureSample } from "./measured_sample.ts";
import type { NullDraw, Unit, UnitChoices, UnitPlace, UnitResult, UnitSource } from "./unit.ts";

/** Measures units of a run; the last checkpoint, its last null model and the neurons drawn are kept for the next units. */
export class RunSource implements UnitSource {
  readonly #run: CheckpointRun;
  readonly #drawn = new Map<string, NodeSample>();
  #last: OpenedCheckpoint | null = null;
  #lastNull: { readonly key: string; readonly opened: OpenedCheckpoint } | null = null;
  #lastNetwork: { readonly key: string; readonly network: NullNetwork } | null = null;
  #untrained: OpenedCheckpoint | null = null;

  /** @param related Compares the steps that are brought from far away with each other; none are compared unless given. */
  constructor(run: CheckpointRun, private readonly related?: RelatedSteps) {
    this.#run = run;
  }

  /** What a null model needs is the same for all of its draws. */
  async bring(units: readonly Unit[], choices: UnitChoices): Promise<void> {
    if (units.length === 0) return;
    // The null model asks for more of the same rows: whoever has those has all.
    const { nullModel } = units.find(({ nullModel }) => nullModel !== null) ?? units[0]!;
    const opened = await this.#open({ ...units[0]!, nullModel }), { checkpoint } = opened;
    if (checkpoint.prefetch === undefined) return;
    const { sampling } = choices;
    const parts = [...Map.groupBy(units, ({ part }) => part.index).values()].map(([unit]) => unit!);
    if (sampling !== null) {
      const samples = this.#samplesOf(parts, opened, sampling), { step } = units[0]!;
      await bringSamples(opened, samples, sampling);
      const drawn = samples.map(({ nodes }) => nodes), { architecture } = opened;
      const requests = weightRequests(architecture, drawn, sampling);
      return await this.related?.add(step, this.#last!.checkpoint, requests);
    }
    const matrices = parts.flatMap((unit) => this.#partOf(unit, opened, choices).matrices);
    const requests = matrices.map(({ tensor }) => ({ name: tensor }));
    await checkpoint.prefetch(requests);
    await this.related?.add(units[0]!.step, this.#last!.checkpoint, requests);
  }

  async check({ step, sha256, nullModel }: Unit): Promise<void> {
    const untrained = nullModel?.untrained;
    for (const [at, digest] of [[step, sha256], [0, untrained]] as const) {
      if (digest === undefined) continue;
      // A file that did not change is not read again for this.
      const checkpoint = await this.#run.checkpoint(at);
      if (await checkpoint.digest() === digest) continue;
      const { source } = checkpoint;
      throw new Error(`${source} changed while it was measured; run again when it is complete`);
    }
  }

  async *measure(units: readonly Unit[], choices: UnitChoices): AsyncGenerator<UnitResult> {
    if (units.length === 0) return;
    const { sampling } = choices;
    if (sampling === null) return yield* this.#measureParts(units, choices);
    const opened = await this.#open(units[0]!);
    const samples = this.#samplesOf(units, opened, sampling);
    const lengths = countedWays(choices);
    let index = 0;
    if (lengths && areWorthCounting(opened, samples[0]!, lengths)) {
      for await (const sample of countSamples(opened, samples, lengths)) {
        const value = measureCountedSample(sample, choices);
        yield { index, value, weights: value.edges };
        index++;
      }
      return;
    }
    for await (const network of networksOfCheckpoint(opened, samples, sampling)) {
      const value = measureSample(network, choices);
      yield { index, value, weights: value.edges };
      index++;
    }
  }

  async *#measureParts(units: readonly Unit[], choices: UnitChoices): AsyncGenerator<UnitResult> {
    const opened = await this.#open({ ...units[0]!, nullModel: null });
    for (const [index, unit] of units.entries()) {
      const part = this.#partOf(unit, opened, choices), options = partOptions(choices);
      const value = unit.nullModel === null
        ? await measureFullNetworkPart(opened.checkpoint, part, options)
        : await (await this.#networkOf(opened, unit.nullModel))
          .measure(part, unit.nullModel.draw, options);
      yield { index, value, weights: part.weights };
    }
  }

  async #open({ step, sha256, nullModel }: Unit): Promise<OpenedCheckpoint> {
    if (this.#last?.step !== step || this.#last.digest !== sha256) {
      this.#last = await this.#openStep(step, sha256);
    }
    if (nullModel === null) return this.#last;
    const key = JSON.stringify([step, sha256, nullModel]);
    if (this.#lastNull?.key !== key) {
      this.#lastNull = { key, opened: await this.#openNull(this.#last, nullModel) };
    }
    return this.#lastNull.opened;
  }

  /** The null models of a full network, the same for all draws, so that a matrix is looked at once. */
  async #networkOf(opened: OpenedCheckpoint, nullModel: NullDraw): Promise<NullNetwork> {
    const { draw: _any, ...same } = nullModel, { step, digest, checkpoint, architecture } = opened;
    const key = JSON.stringify([step, digest, same]);
    if (this.#lastNetwork?.key !== key) {
      const options = await this.#nullOptions(nullModel);
      this.#lastNetwork = { key, network: new NullNetwork(checkpoint, architecture, options) };
    }
    return this.#lastNetwork.network;
  }

  async #openStep(step: number, digest: string): Promise<OpenedCheckpoint> {
    const checkpoint = await this.#run.checkpoint(step);
    const architecture = detectArchitecture(checkpoint);
    return { model: this.#run.model, step, digest, checkpoint, architecture };
  }

  async #openNull(opened: OpenedCheckpoint, nullModel: NullDraw): Promise<OpenedCheckpoint> {
    const { draw } = nullModel, options = await this.#nullOptions(nullModel);
    const checkpoint = nullCheckpoint(opened.checkpoint, opened.architecture, { ...options, draw });
    return { ...opened, checkpoint };
  }

  async #nullOptions({ kind, seed, untrained }: NullDraw): Promise<NullNetworkOptions> {
    if (untrained === undefined) return { kind, seed };
    if (this.#untrained?.digest !== untrained) {
      this.#untrained = await this.#openStep(0, untrained);
    }
    return { kind, seed, untrained: this.#untrained.checkpoint };
  }

  #partOf(
    { part }: Unit,
    { architecture }: OpenedCheckpoint,
    { layers }: UnitChoices,
  ): FullNetworkPart {
    const names = layers?.map((layer) => architecture.layers[layer]!.name);
    return fullNetworkParts(architecture, names)[part.index]!;
  }

  #samplesOf(
    units: readonly Unit[],
    { checkpoint, architecture }: OpenedCheckpoint,
    { layerSample }: NonNullable<UnitChoices["sampling"]>,
  ): NumberedSample[] {
    return units.map(({ part: { index: sample } }) => {
      const drawn = `${sample} of ${layerSample}`;
      const nodes = this.#drawn.get(drawn) ??
        drawSample(checkpoint, architecture, sample, layerSample);
      this.#drawn.set(drawn, nodes);
      return { sample, nodes };
    });
  }
}

function partOptions({ spectrum, nodes }: UnitChoices): MeasurePartOptions {
  const { digits, minimumEdges } = (spectrum ?? nodes)!;
  return {
    ...{ digits, minimumEdges },
    ...spectrum && { threshold: spectrum.threshold, q: spectrum.q },
    ...nodes && { nfdThreshold: nodes.nfdThreshold },
  };
}

/** Measures units of stored networks, where nothing is far away. */
export function storeSource(store: string, model: string): UnitSource {
  /** The record is read anew, since another extraction may have replaced the networks since the run was planned. */
  async function recordOf({ step, sha256 }: Unit): Promise<StepRecord> {
    const record = await loadRecord(store, model, step);
    if (record?.sha256 === sha256) return record;
    throw new Error(
      `the stored networks of ${model} at step ${step} were replaced while they were measured; run again`,
    );
  }
  return {
    bring: () => Promise.resolve(),
    check: async (unit) => void await recordOf(unit),
    async *measure(units, choices) {
      for (const [index, unit] of units.entries()) {
        const network = await loadNetwork(store, await recordOf(unit), unit.part.index);
        const value = measureSample(network, choices);
        yield { index, value, weights: value.edges };
      }
    },
  };
}

/** Open a source a second time, in a worker: what is far away has been brought by the first, and nothing is moved. */
export async function openUnitSource(place: UnitPlace): Promise<UnitSource> {
  if (place.kind === "store") return storeSource(place.store, place.model);
  const { name, stepsPattern, weights, commits, baseline, declared = {} } = place;
  const opened = await openRun(name, { offline: true, stepsPattern, weights, commits });
  const run = declaredRun(opened, declared);
  return new RunSource(baseline ? (await untrainedRun(run, baseline.init)).run : run);
}
