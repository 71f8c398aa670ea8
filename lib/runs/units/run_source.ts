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
    const { sampling } = choices;
    if (sampling === null || opened.checkpoint.prefetch === undefined) return;
    await bringSamples(opened, this.#samplesOf(units, opened, sampling), sampling);
  }

  /** Measure some units of one step, in the order given. */
  async *measure(units: readonly Unit[], choices: UnitChoices): AsyncGenerator<UnitResult> {
    if (units.length === 0) return;
    const opened = await this.#open(units[0]!);
    const { sampling } = choices;
    if (sampling === null) throw new Error("not yet");
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
