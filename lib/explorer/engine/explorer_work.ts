/** What a worker of the explorer does: opens a run, keeps networks of it, and measures them again and again. */

import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { openHub } from "../../checkpoints/hub/open_hub.ts";
import { describeTransfer, type TransferPlan } from "../../checkpoints/hub/transfer_plan.ts";
import { type GivenFile, openFiles } from "../../checkpoints/open_files.ts";
import { nullRun } from "../../emergence/null_models/null_checkpoint.ts";
import type { NullKind } from "../../options/measuring_options.ts";
import type { QueryKeyValueLayout, SampledEdges } from "../../options/values.ts";
import type { SampleSpectrum } from "../../multifractal/multifractal_spectra.ts";
import type { ReadSpectrumOptions } from "../../multifractal/multifractal_spectrum.ts";
import { type MassExponent, massExponent } from "../../multifractal/mass_exponent.ts";
import {
  type PartitionFunction,
  partitionFunction,
} from "../../multifractal/partition_function.ts";
import { ordersOf } from "../../multifractal/multifractal_spectrum.ts";
import type { BoxOptions } from "../../networks/box_options.ts";
import type { MassTable } from "../../networks/mass_table.ts";
import { medianLength } from "../../networks/median_length.ts";
import type { LinkedLayers } from "../../networks/network.ts";
import { sampleNetworks } from "../../networks/sample_networks.ts";
import { measureNfd } from "../../nfd/nfd.ts";
import { type NfdRow, nfdTable } from "../../nfd/nfd_tables.ts";
import { runScores } from "../../scores/run_scores.ts";
import type { BenchmarkScore } from "../../scores/score_table.ts";
import { KeptNetwork } from "./kept_network.ts";
import { massesAtRadii } from "../../multifractal/fixed_radii.ts";

/** Where a run comes from. */
export type RunSource =
  | { readonly kind: "files"; readonly files: readonly GivenFile[] }
  | { readonly kind: "hub"; readonly name: string; readonly endpoint?: string };

/** A draw of a null model. */
export interface NullDraw {
  readonly kind: NullKind;
  readonly draw: number;
  readonly seed: number;
}

/** What decides which networks there are. */
export interface Sampling {
  readonly samples: number;
  readonly layerSample: number;
  readonly qkv: QueryKeyValueLayout;
  readonly edges: SampledEdges;
}

/** One network of those that are kept. */
export interface NetworkPlace {
  readonly step: number;
  readonly sample: number;
}

/** What is asked of a worker, by kind. */
export interface Requests {
  open: { readonly source: RunSource };
  plan: Sampling & { readonly steps: readonly number[] };
  sample: Sampling & {
    readonly steps: readonly number[];
    readonly draw: NullDraw | null;
    /** The step before, which another hand keeps: it is read too, to see whether both are of one training. */
    readonly after: number | null;
  };
  measure: {
    readonly boxes: BoxOptions;
    readonly spectrum: ReadSpectrumOptions;
    /** Of which draw of the null model; of the run itself where it is `null`. */
    readonly draw: number | null;
  };
  median: { readonly step: number };
  detail: NetworkPlace & { readonly boxes: BoxOptions; readonly spectrum: ReadSpectrumOptions };
  graph: NetworkPlace & Pick<Sampling, "layerSample" | "qkv" | "edges">;
  nfd: {
    readonly sample: number;
    readonly nfdThreshold: number;
    readonly minimumEdges: number;
    readonly digits: number;
  };
  forget: Record<never, never>;
}

/** What is known of a run when it has been opened. */
export interface OpenedRun {
  readonly model: string;
  readonly source: string;
  readonly steps: readonly number[];
  readonly usualSteps: readonly number[];
  readonly warnings: readonly string[];
  readonly scores: readonly BenchmarkScore[];
  /** What is wrong with its scores, if anything is. */
  readonly scoresFault: string | null;
}

/** The spectra of one step. */
export interface WorkedStep {
  readonly step: number;
  readonly digest: string;
  readonly samples: readonly SampleSpectrum[];
}

/** What is drawn of one network. */
export interface NetworkDetail {
  readonly masses: MassTable;
  readonly nodeIds: Int32Array;
  /** The name of the layer that each node is in. */
  readonly layers: readonly string[];
  readonly nodeLayers: Uint16Array;
  /** Lengths of all edges, node after node. */
  readonly lengths: Float64Array;
  readonly offsets: Uint32Array;
  /** `null` where there are too few nodes or radii. */
  readonly partition: PartitionFunction | null;
  readonly exponent: MassExponent | null;
}

/** What a worker answers, by kind. */
export interface Replies {
  open: OpenedRun;
  plan: { readonly words: string; readonly bytes: number } | null;
  sample: { readonly digests: readonly (readonly [step: number, digest: string])[] };
  measure: readonly WorkedStep[];
  median: number | null;
  detail: NetworkDetail | null;
  graph: LinkedLayers | null;
  nfd: readonly { readonly step: number; readonly nodes: readonly NfdRow[] }[];
  forget: null;
}

/** Told how many networks of a request are done, and what is waited for. */
export type WorkListener = (progress: { readonly done?: number; readonly words?: string }) => void;

/** The most bytes that the networks of one worker may take. */
const MOST_BYTES = 1.5e9;
/** What a network takes for each edge and each node, in bytes. */
const EDGE_BYTES = 8, NODE_BYTES = 2420;

/** What one worker holds. */
export class ExplorerWork {
  #run: CheckpointRun | null = null;
  #networks = new Map<string, KeptNetwork>();
  #bytes = 0;

  /** Do what is asked. */
  async answer<Kind extends keyof Requests>(
    kind: Kind,
    request: Requests[Kind],
    tell: WorkListener,
  ): Promise<Replies[Kind]> {
    const work = this[kind] as unknown as (
      request: Requests[Kind],
      tell: WorkListener,
    ) => Promise<Replies[Kind]> | Replies[Kind];
    return await work.call(this, request, tell);
  }

  async open({ source }: Requests["open"], tell: WorkListener): Promise<OpenedRun> {
    this.forget();
    const onWait = (words: string) => tell({ words });
    const run = source.kind === "files"
      ? await openFiles(source.files)
      : await openHub(source.name, {
        onWait,
        onProgress: ({ step, moved, planned }) =>
          tell({ words: `step ${step}: ${megabytes(moved)} of ${megabytes(planned)} MB` }),
        ...source.endpoint !== undefined && { endpoint: source.endpoint },
      });
    this.#run = run;
    let scores: readonly BenchmarkScore[] = [], scoresFault: string | null = null;
    try {
      scores = await runScores(run);
    } catch (error) {
      scoresFault = (error as Error).message;
    }
    const { model, steps, usualSteps = steps, warnings = [] } = run;
    return { model, source: run.source, steps, usualSteps, warnings, scores, scoresFault };
  }

  async plan({ steps, ...sampling }: Requests["plan"]): Promise<Replies["plan"]> {
    const found: TransferPlan[] = [];
    const stop = new Error("planned");
    try {
      const onTransfer = (plans: readonly TransferPlan[]) => {
        found.push(...plans);
        throw stop;
      };
      await sampleNetworks(this.#opened(), { ...sampling, steps, onTransfer }).next();
    } catch (error) {
      if (error !== stop) throw error;
    }
    const bytes = found.reduce((sum, plan) => sum + plan.bytes, 0);
    return found.length === 0 ? null : { words: describeTransfer(found), bytes };
  }

  async sample(
    { steps, draw, after, ...sampling }: Requests["sample"],
    tell: WorkListener,
  ): Promise<Replies["sample"]> {
    const run = this.#opened(), source = draw === null ? run : nullRun(run, draw);
    const digests = new Map<number, string>(), all = after === null ? steps : [after, ...steps];
    let done = 0;
    for await (const network of sampleNetworks(source, { ...sampling, steps: all })) {
      const { step, sample, digest } = network, { lengths, nodeIds } = network.network;
      if (step === after) continue;
      this.#bytes += EDGE_BYTES * lengths.length + NODE_BYTES * nodeIds.length;
      if (this.#bytes > MOST_BYTES) {
        throw new Error(
          "the networks do not fit into this page's memory; choose fewer steps, samples or neurons, or edges sampled",
        );
      }
      digests.set(step, digest);
      const key = keyOf({ step, sample }, draw?.draw ?? null);
      this.#networks.set(key, new KeptNetwork({ step, sample, digest, network: network.network }));
      tell({ done: ++done });
      // Where there is no worker the page must get its turn.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return { digests: [...digests] };
  }

  measure({ boxes, spectrum, draw }: Requests["measure"]): Replies["measure"] {
    const steps = Map.groupBy(this.#kept(draw), ({ sample }) => sample.step);
    return Array.from(steps, ([step, networks]) => ({
      step,
      digest: networks[0]!.sample.digest,
      samples: networks.map((network) => network.measure(boxes, spectrum)),
    }));
  }

  median({ step }: Requests["median"]): number | null {
    const networks = this.#kept(null).filter(({ sample }) => sample.step === step);
    return networks.length === 0
      ? null
      : medianLength(networks.map(({ sample }) => sample.network));
  }

  detail({ boxes, spectrum, ...place }: Requests["detail"]): NetworkDetail | null {
    const kept = this.#networks.get(keyOf(place, null));
    if (kept === undefined) return null;
    const { nodeIds, nodeLayers, layers, lengths, offsets } = kept.sample.network;
    const grown = kept.grow(boxes), { radii } = spectrum;
    const masses = radii === "occurring" ? grown : massesAtRadii(grown, radii);
    const partition = masses.selected.length === 0 || masses.radii.length < 2
      ? null
      : partitionFunction(masses, ordersOf(spectrum.q));
    return {
      ...{ masses, nodeIds, nodeLayers, lengths, offsets, partition },
      layers: layers.map(({ name }) => name),
      exponent: partition && massExponent(partition),
    };
  }

  async graph({ step, sample, ...sampling }: Requests["graph"]): Promise<LinkedLayers | null> {
    if (!this.#networks.has(keyOf({ step, sample }, null))) return null;
    const options = { ...sampling, steps: [step], samples: sample + 1 };
    for await (const network of sampleNetworks(this.#opened(), options)) {
      if (network.sample === sample) return network.linked;
    }
    return null;
  }

  nfd({ sample, ...options }: Requests["nfd"]): Replies["nfd"] {
    return this.#kept(null).filter(({ sample: own }) => own.sample === sample)
      .map(({ sample: { step, network } }) => (
        { step, nodes: nfdTable(network, measureNfd(network, options)) }
      ));
  }

  forget(): null {
    this.#networks.clear();
    this.#bytes = 0;
    return null;
  }

  #opened(): CheckpointRun {
    if (this.#run === null) throw new Error("no model is open; choose one");
    return this.#run;
  }

  /** The networks of the run or of a draw, in the order in which they were sampled. */
  #kept(draw: number | null): KeptNetwork[] {
    return [...this.#networks].filter(([key]) => key.endsWith(` of ${draw}`))
      .map(([, network]) => network);
  }
}

function keyOf({ step, sample }: NetworkPlace, draw: number | null): string {
  return `${step} ${sample} of ${draw}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
