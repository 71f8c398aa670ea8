/** From settings to numbers: samples when it must, and otherwise only fits again. */

import { chooseSteps } from "../../checkpoints/choose_steps.ts";
import { degreeOfEmergence, type EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { excessEmergence, type ExcessRow } from "../../emergence/excess_emergence.ts";
import {
  type SamplesRow,
  samplesTable,
  type SpectraRow,
  spectraTable,
} from "../../multifractal/spectra_tables.ts";
import { SPECTRUM_OPTIONS } from "../../multifractal/multifractal_spectrum.ts";
import type { LinkedLayers } from "../../networks/network.ts";
import type { BoxOptions } from "../../networks/box_options.ts";
import { readOptions } from "../../options/read_options.ts";
import type { SampledOptions } from "../../runs/analysis_options.ts";
import { type Hand, parts } from "./crew.ts";
import type {
  NetworkDetail,
  NetworkPlace,
  OpenedRun,
  Replies,
  RunSource,
  Sampling,
  WorkedStep,
} from "./explorer_work.ts";

/** What came of some settings. */
export interface ExplorerResult {
  readonly model: string;
  readonly options: SampledOptions;
  /** The threshold as a length. */
  readonly threshold: number;
  /** Median edge length of the untrained network, or of the first step. */
  readonly medianLength: number;
  readonly steps: readonly number[];
  readonly emergence: readonly EmergenceRow[];
  /** The same against the null model, where there is one. */
  readonly excess: readonly ExcessRow[] | null;
  readonly samples: readonly SamplesRow[];
  readonly spectra: readonly SpectraRow[];
  /** Milliseconds from asking to here. */
  readonly milliseconds: number;
}

/** Told how far sampling is. */
export interface EngineListeners {
  readonly onProgress?: (done: number, total: number) => void;
  readonly onWords?: (words: string) => void;
}

/** Measures one run. */
export class ExplorerEngine {
  #hands: Hand[] = [];
  #opened: OpenedRun | null = null;
  #source: RunSource | null = null;
  /** What is sampled, and of which draws. */
  #sampled = "";
  #steps: readonly number[] = [];
  #median = NaN;

  /**
   * @param hire Gives a new hand.
   * @param size How many hands there are to be.
   */
  constructor(private readonly hire: () => Hand, private readonly size: number) {}

  /** The run that is open. */
  get run(): OpenedRun | null {
    return this.#opened;
  }

  /** Open a run; every hand opens it for itself. */
  async open(source: RunSource, { onWords }: EngineListeners = {}): Promise<OpenedRun> {
    this.stop();
    this.#source = source;
    const tell = ({ words }: { readonly words?: string }) => words && onWords?.(words);
    const [first] = this.#hands = [this.hire()];
    const opened = await first!.ask("open", { source }, tell);
    // A hub is asked by one hand alone, so that nothing is moved twice.
    const more = source.kind === "hub" ? 0 : Math.min(this.size, opened.steps.length) - 1;
    for (let i = 0; i < more; i++) this.#hands.push(this.hire());
    await Promise.all(this.#hands.slice(1).map((hand) => hand.ask("open", { source })));
    this.#opened = opened;
    return opened;
  }

  /** End all work; the run has to be opened again. */
  stop(): void {
    for (const hand of this.#hands) hand.stop();
    this.#hands = [];
    this.#opened = null;
    this.#sampled = "";
  }

  /** Stop what is under way and open the same run again. */
  async restart(): Promise<void> {
    if (this.#source !== null) await this.open(this.#source);
  }

  /** What sampling would move from a hub; `null` where nothing is far away. */
  async plan(
    options: SampledOptions,
    steps?: readonly number[] | string,
  ): Promise<Replies["plan"]> {
    const { opened, hands } = this.#ready();
    return await hands[0]!.ask("plan", {
      ...samplingOf(options),
      steps: chooseSteps(opened, steps),
    });
  }

  /** Whether networks must be read for these settings, or those that are kept serve. */
  needsSampling(options: SampledOptions, steps?: readonly number[] | string): boolean {
    return this.#sampled !== this.#keyOf(options, chooseSteps(this.#ready().opened, steps));
  }

  /** Read the networks that some settings need. */
  async sample(
    options: SampledOptions,
    asked?: readonly number[] | string,
    { onProgress, onWords }: EngineListeners = {},
  ): Promise<void> {
    const { opened, hands } = this.#ready(), sampling = samplingOf(options);
    const steps = chooseSteps(opened, asked), key = this.#keyOf(options, steps);
    if (key === this.#sampled) return;
    this.#sampled = "";
    await Promise.all(hands.map((hand) => hand.ask("forget", {})));
    const draws = drawsOf(options), shares = parts(steps, hands.length);
    const total = steps.length * sampling.samples * draws.length;
    let done = 0;
    const digests = new Map<number, string>();
    await Promise.all(shares.map(async (share, i) => {
      const last = shares[i - 1]?.at(-1) ?? null;
      for (const draw of draws) {
        let before = 0;
        const after = draw === null ? last : null;
        const { digests: found } = await hands[i]!.ask(
          "sample",
          { ...sampling, steps: share, draw, after },
          ({ done: own, words }) => {
            if (words !== undefined) onWords?.(words);
            if (own === undefined) return;
            done += own - before;
            before = own;
            onProgress?.(done, total);
          },
        );
        if (draw === null) { for (const [step, digest] of found) digests.set(step, digest); }
      }
    }));
    const same = [...Map.groupBy(digests.keys(), (step) => digests.get(step)!)]
      .filter(([, steps]) => steps.length > 1);
    if (same.length > 0) {
      throw new Error(
        `the steps ${
          same[0]![1].join(" and ")
        } of ${opened.model} hold the same weights; leave all but one of them out`,
      );
    }
    this.#steps = steps;
    const baseline = steps.includes(0) ? 0 : steps[0]!;
    const medians = await Promise.all(hands.map((hand) => hand.ask("median", { step: baseline })));
    this.#median = medians.find((median) => median !== null) ?? NaN;
    this.#sampled = key;
  }

  /** Fit again: the tables under some settings, whose networks have been read. */
  async measure(options: SampledOptions): Promise<ExplorerResult> {
    const began = performance.now();
    const boxes = this.#boxes(options), model = this.#ready().opened.model;
    const [steps, ...nulls] = await Promise.all(
      drawsOf(options).map((draw) => this.#measured(options, boxes, draw?.draw ?? null)),
    );
    const { filterMode } = options;
    let samples: SamplesRow[] | undefined, spectra: SpectraRow[] | undefined;
    const excess = nulls.length > 0 ? excessEmergence(steps!, nulls, { filterMode }) : null;
    return {
      ...{ model, options, threshold: boxes.threshold, medianLength: this.#median },
      ...{ steps: this.#steps, excess },
      emergence: excess ?? degreeOfEmergence(steps!, { filterMode }),
      // Taken when they are drawn: E is to be there first.
      get samples() {
        return samples ??= samplesTable(steps!, filterMode);
      },
      get spectra() {
        return spectra ??= spectraTable(steps!);
      },
      milliseconds: performance.now() - began,
    };
  }

  /** E at some other threshold. */
  async emergenceAt(options: SampledOptions, threshold: number): Promise<readonly EmergenceRow[]> {
    const steps = await this.#measured(options, { ...this.#boxes(options), threshold }, null);
    return degreeOfEmergence(steps, { filterMode: options.filterMode, draws: 1 });
  }

  /** What is drawn of one network; `null` where it is not kept. */
  async detail(options: SampledOptions, place: NetworkPlace): Promise<NetworkDetail | null> {
    const boxes = this.#boxes(options), spectrum = spectrumOf(options);
    return await this.#first("detail", { ...place, boxes, spectrum });
  }

  /** The links of one network. */
  async graph(options: SampledOptions, place: NetworkPlace): Promise<LinkedLayers | null> {
    const { layerSample, qkv, edges } = options;
    return await this.#first("graph", { ...place, layerSample, qkv, edges });
  }

  /** Node fractal dimensions of one sample at each step. */
  async nfd(options: SampledOptions, sample: number): Promise<Replies["nfd"]> {
    const { nfdThreshold, minimumEdges, digits } = options;
    const request = { sample, nfdThreshold, minimumEdges, digits };
    const found = await Promise.all(this.#ready().hands.map((hand) => hand.ask("nfd", request)));
    return found.flat();
  }

  async #first<Kind extends "detail" | "graph">(
    kind: Kind,
    request: Parameters<Hand["ask"]>[1] & object,
  ): Promise<Replies[Kind]> {
    const found = await Promise.all(
      this.#ready().hands.map((hand) => hand.ask(kind, request as never)),
    );
    return found.find((one) => one !== null) ?? null as Replies[Kind];
  }

  async #measured(
    options: SampledOptions,
    boxes: BoxOptions,
    draw: number | null,
  ): Promise<WorkedStep[]> {
    const request = { boxes, spectrum: spectrumOf(options), draw };
    const found = await Promise.all(
      this.#ready().hands.map((hand) => hand.ask("measure", request)),
    );
    return found.flat();
  }

  #boxes({ threshold, minimumEdges, digits }: SampledOptions): BoxOptions {
    const length = typeof threshold === "number" ? threshold : threshold.medians * this.#median;
    return { threshold: length, minimumEdges, digits };
  }

  #ready(): { readonly opened: OpenedRun; readonly hands: readonly Hand[] } {
    if (this.#opened === null) throw new Error("no model is open; choose one");
    return { opened: this.#opened, hands: this.#hands };
  }

  #keyOf(options: SampledOptions, steps: readonly number[]): string {
    return JSON.stringify([samplingOf(options), steps, drawsOf(options)]);
  }
}

function samplingOf({ samples, layerSample, qkv, edges }: SampledOptions): Sampling {
  return { samples, layerSample, qkv, edges };
}

function spectrumOf({ q, alpha0, filterTolerance, radii }: SampledOptions) {
  return readOptions("explorer", SPECTRUM_OPTIONS, { q, alpha0, filterTolerance, radii });
}

/** The run itself, and the draws of the null model. */
function drawsOf({ null: kind, nullDraws = 0, nullSeed = 0 }: SampledOptions) {
  if (kind === undefined) return [null];
  return [
    null,
    ...Array.from({ length: nullDraws }, (_, draw) => ({ kind, draw, seed: nullSeed })),
  ];
}
