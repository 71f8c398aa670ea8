/** Units measured from the checkpoints of a run. */
import { detectArchitecture } from "../../architectures/detect.ts";
import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import {
  bringSamples,
  drawSample,
  networksOfCheckpoint,
  type NumberedSample,
  type OpenedCheckpoint,
} from "../../networks/networks_of_checkpoint.ts";
import { type FullNetworkPart, fullNetworkParts } from "../../networks/full_network_parts.ts";
import {
  measureFullNetworkPart,
  type MeasurePartOptions,
} from "../../multifractal/measure_full_network_part.ts";
import { qGrid } from "../../multifractal/q_grid.ts";
import type { NodeSample } from "../../networks/node_sample.ts";
import { measureSample } from "./measured_sample.ts";
import type { Unit, UnitChoices } from "./unit.ts";
import type { UnitResult, UnitSource } from "./unit_place.ts";

/** Measures units of a run; the checkpoint of the last step stays open, and draws are kept, for they serve every step. */
export class RunSource implements UnitSource {
  readonly #run: CheckpointRun;
  readonly #drawn = new Map<string, NodeSample>();
  #last: OpenedCheckpoint | null = null;

  /** @param run The run. */
  constructor(run: CheckpointRun) {
    this.#run = run;
  }

  /** Bring what some units of one step need close by, all together, where it is far away. */
  async bring(units: readonly Unit[], choices: UnitChoices): Promise<void> {
    if (units.length === 0) return;
    const opened = await this.#open(units[0]!);
    const { checkpoint } = opened;
    if (checkpoint.prefetch === undefined) return;
    const { sampling } = choices;
    if (sampling !== null) {
      return await bringSamples(opened, this.#samplesOf(units, opened, sampling), sampling);
    }
    const parts = units.map((unit) => this.#partOf(unit, opened, choices));
    await checkpoint.prefetch(
      parts.flatMap(({ matrices }) => matrices.map(({ tensor }) => ({ name: tensor }))),
    );
  }

  /** Check that a step's checkpoint is still what the plan says; rejects if it was replaced meanwhile. */
  async check({ step, sha256 }: Unit): Promise<void> {
    // A file that did not change is not read again for this.
    const checkpoint = await this.#run.checkpoint(step);
    if (await checkpoint.digest() === sha256) return;
    throw new Error(
      `${checkpoint.source} changed while it was measured; run again when it is complete`,
    );
  }

  /** Measure some units of one step, in the order given. */
  async *measure(units: readonly Unit[], choices: UnitChoices): AsyncGenerator<UnitResult> {
    if (units.length === 0) return;
    const opened = await this.#open(units[0]!);
    const { sampling } = choices;
    if (sampling === null) {
      for (const [index, unit] of units.entries()) {
        const part = this.#partOf(unit, opened, choices);
        const value = await measureFullNetworkPart(opened.checkpoint, part, partOptions(choices));
        yield { index, value, weights: part.weights };
      }
      return;
    }
    const samples = this.#samplesOf(units, opened, sampling);
    let index = 0;
    for await (const network of networksOfCheckpoint(opened, samples, sampling)) {
      const value = measureSample(network, choices);
      yield { index, value, weights: value.edges };
      index++;
    }
  }

  async #open({ step, sha256: digest }: Unit): Promise<OpenedCheckpoint> {
    if (this.#last?.step !== step || this.#last.digest !== digest) {
      const checkpoint = await this.#run.checkpoint(step);
      const architecture = detectArchitecture(checkpoint);
      this.#last = { model: this.#run.model, step, digest, checkpoint, architecture };
    }
    return this.#last;
  }

  #partOf(
    { part }: Unit,
    { architecture }: OpenedCheckpoint,
    { only }: UnitChoices,
  ): FullNetworkPart {
    const names = only?.map((layer) => architecture.layers[layer]!.name);
    return fullNetworkParts(architecture, names)[part.index]!;
  }

  #samplesOf(
    units: readonly Unit[],
    { checkpoint, architecture }: OpenedCheckpoint,
    { layerSample }: NonNullable<UnitChoices["sampling"]>,
  ): NumberedSample[] {
    return units.map(({ part: { index: sample } }) => {
      const drawn = `${sample} of ${layerSample}`;
      let nodes = this.#drawn.get(drawn);
      if (nodes === undefined) {
        nodes = drawSample(checkpoint, architecture, sample, layerSample);
        this.#drawn.set(drawn, nodes);
      }
      return { sample, nodes };
    });
  }
}

function partOptions({ spectrum, nodes }: UnitChoices): MeasurePartOptions {
  return {
    ...spectrum && { threshold: spectrum.threshold, q: qGrid(spectrum.q) },
    ...nodes && { nfdThreshold: nodes.threshold, minimumEdges: nodes.minimumEdges },
    digits: (spectrum ?? nodes)?.digits ?? 0,
  };
}
