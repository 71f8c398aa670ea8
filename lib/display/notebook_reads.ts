/**
 * What each notebook reads of a model: one table for the notebook's first cell, which says what that moves, and for
 * `deno task reproduce`, which moves it before the notebook runs without a network. A notebook that reads more stops there.
 */

import type { Architecture } from "../architectures/architecture.ts";
import type { Checkpoint, CheckpointRun, TensorRows } from "../checkpoints/checkpoint.ts";
import { unionOfRanges } from "../checkpoints/hub/byte_ranges.ts";
import { pythiaOnHub } from "../checkpoints/hub/hub_name.ts";
import { pickedSteps } from "../checkpoints/even_steps.ts";
import { drawSamples } from "../networks/sample_nodes.ts";
import { weightRequests } from "../networks/read_weights.ts";
import { PUBLISHED_STEPS } from "../options/step_words.ts";
import type { OptionValues } from "../options/options.ts";
import { publishedEmergence } from "../runs/published_emergence.ts";

/** Sampled networks that are read. */
export type SampledReading = OptionValues<"samples" | "layerSample" | "edges" | "qkv">;

/** Networks that a notebook reads at some of the steps that are chosen. */
export interface NotebookReading {
  /**
   * The steps: all of them, the last, the first and the last, those with published scores or with published points of E and the
   * ends, or as many as some that are wanted.
   */
  readonly steps: "all" | "last" | "ends" | "scored" | "published" | readonly number[];
  /** The full network, or what is drawn of it. */
  readonly network: "full" | SampledReading;
  /** Whether only the first model named is read so, or only those after it; all are unless given. */
  readonly of?: "first" | "others";
}

/** What a notebook reads. */
export interface NotebookReads {
  /** How many models: none, the first named, each of them, several to compare, or one without duplicates beside those with. */
  readonly models: "none" | "one" | "each" | "several" | "twins";
  /** Whether it needs scores, or draws them where they are known. */
  readonly scores: "none" | "drawn" | "needed";
  /** Its networks; what another of them holds may be left out. */
  readonly networks: readonly NotebookReading[];
}

const sampled = (samples: number, some: Partial<SampledReading> = {}): SampledReading => (
  { samples, layerSample: 32, edges: "all", qkv: "per-head", ...some }
);

/** What each notebook reads, by its name without the number. */
export const NOTEBOOK_READS = {
  first_look: {
    ...{ models: "one", scores: "drawn" },
    networks: [{ steps: "all", network: sampled(10) }],
  },
  neuron_interaction_network: {
    ...{ models: "one", scores: "none" },
    networks: [{ steps: "last", network: sampled(1) }],
  },
  box_growing_and_mass: {
    ...{ models: "one", scores: "none" },
    networks: [{ steps: "last", network: sampled(1) }],
  },
  two_conventions: {
    ...{ models: "one", scores: "none" },
    networks: [
      { steps: "all", network: sampled(10) },
      { steps: "all", network: sampled(10, { qkv: "reference" }) },
    ],
  },
  sampling_bias: {
    ...{ models: "one", scores: "none" },
    networks: [{ steps: "all", network: "full" }],
  },
  repeated_samples: {
    ...{ models: "one", scores: "none" },
    networks: [{ steps: "ends", network: "full" }],
  },
  sensitivity: {
    ...{ models: "one", scores: "drawn" },
    networks: [
      { steps: "all", network: sampled(10) },
      { steps: "all", network: sampled(10, { layerSample: 16 }) },
    ],
  },
  node_fractal_dimension: {
    ...{ models: "one", scores: "none" },
    networks: [
      { steps: "all", network: sampled(1) },
      { steps: "all", network: sampled(1, { layerSample: 64 }) },
    ],
  },
  two_layer_paths: {
    ...{ models: "one", scores: "drawn" },
    networks: [{ steps: "all", network: "full" }],
  },
  models_over_training: {
    ...{ models: "several", scores: "needed" },
    networks: [{ steps: "all", network: sampled(5) }],
  },
  deduplicated: {
    ...{ models: "twins", scores: "needed" },
    networks: [{ steps: "all", network: sampled(5) }],
  },
  emergence_and_scores: {
    ...{ models: "one", scores: "needed" },
    networks: [{ steps: "all", network: sampled(10) }],
  },
  radar: {
    ...{ models: "one", scores: "needed" },
    networks: [{ steps: "all", network: sampled(5) }],
  },
  is_it_structure: {
    ...{ models: "one", scores: "none" },
    networks: [{ steps: [0, 256, 512, 1024, 2048, 4096], network: "full" }],
  },
  correlations: {
    ...{ models: "one", scores: "needed" },
    networks: [{ steps: "all", network: "full" }],
  },
  falling_performance: {
    ...{ models: "several", scores: "needed" },
    networks: [
      { steps: "scored", network: "full", of: "first" },
      { steps: "all", network: sampled(5), of: "others" },
    ],
  },
  other_architectures: { models: "none", scores: "none", networks: [] },
  replication: {
    ...{ models: "one", scores: "none" },
    networks: [32, 64].map((layerSample) => ({
      steps: "published",
      network: sampled(10, { layerSample, edges: "sampled", qkv: "reference" }),
    })),
  },
  scale: {
    ...{ models: "each", scores: "drawn" },
    networks: [{ steps: [0, 256, 512, 768, 1024, 1536, 2048, 4096], network: "full" }],
  },
  error_bars: { models: "none", scores: "none", networks: [] },
  english: {
    ...{ models: "each", scores: "drawn" },
    networks: [{ steps: "all", network: "full" }],
  },
} as const satisfies Readonly<Record<string, NotebookReads>>;

/** The name of a notebook without its number. */
export type NotebookName = keyof typeof NOTEBOOK_READS;

/** What a notebook reads by its file's name, with or without the number; `null` for one of somebody's own. */
export function readsOf(notebook: string): NotebookReads | null {
  const name = notebook.replace(/^\d+_/, "");
  return Object.hasOwn(NOTEBOOK_READS, name) ? NOTEBOOK_READS[name as NotebookName] : null;
}

/** A model that a notebook reads. */
export interface NotebookModel {
  readonly name: string;
  /** Whether it is the first, or another; the only one is both. */
  readonly of: readonly ("first" | "others")[];
  /** The model whose steps are taken, where it is another. */
  readonly stepsOf?: string;
}

/** The models that a notebook reads of those named. */
export function modelsOf(
  { models }: Pick<NotebookReads, "models">,
  names: readonly string[],
): NotebookModel[] {
  const [first, ...others] = names;
  if (models === "none" || first === undefined) return [];
  const only = { name: first, of: ["first", "others"] as const };
  if (models === "one" || (models !== "twins" && others.length === 0)) return [only];
  if (models !== "twins") {
    return names.map((name, i) => ({ name, of: [i === 0 ? "first" : "others"] as const }));
  }
  const twin = names.find((name) => name.endsWith("-deduped"));
  if (twin === undefined) return [];
  const standard = names.filter((name) => !name.endsWith("-deduped"));
  const beside = standard.length > 0 ? standard : [twin.replace(/-deduped$/, "")];
  return [...beside, twin].map((name) => ({ ...only, name, stepsOf: twin }));
}

/** What of a model's steps a notebook reads, by step: the rows that all of its networks take together. */
export async function notebookRequests(
  { networks }: Pick<NotebookReads, "networks">,
  run: CheckpointRun,
  whose: NotebookModel["of"] = ["first", "others"],
): Promise<Map<number, NetworkRequests>> {
  const wanted = new Map<number, (NotebookReading["network"])[]>();
  for (const { steps, network, of } of networks) {
    if (of !== undefined && !whose.includes(of)) continue;
    for (const step of await stepsOf(steps, run)) {
      wanted.set(step, [...wanted.get(step) ?? [], network]);
    }
  }
  return new Map(
    [...wanted].sort(([a], [b]) => a - b).map(([step, networks]) => {
      return [step, requestsOf(networks)];
    }),
  );
}

/** Rows of a checkpoint, and a text that is the same for the same rows of the same model. */
export interface NetworkRequests {
  readonly key: string;
  readonly rows: (checkpoint: Checkpoint, architecture: Architecture) => readonly TensorRows[];
}

function requestsOf(networks: readonly NotebookReading["network"][]): NetworkRequests {
  if (networks.includes("full")) return { key: "full", rows: (_, { matrices }) => whole(matrices) };
  return {
    key: JSON.stringify(networks),
    rows: (checkpoint, architecture) =>
      mergedRequests(networks.flatMap((network) => {
        if (network === "full") return [];
        const { edges, qkv } = network;
        // Rows of targets are the same for all draws where every edge counts.
        const isDrawn = edges === "sampled" ||
          architecture.matrices.some(({ orientation }) => orientation === "in, out");
        const { samples, layerSample } = isDrawn ? network : { samples: 1, layerSample: 1 };
        // A model may be narrower than what is drawn of wide ones.
        const narrowest = Math.min(...architecture.draws.map(({ size, times, allOfFew }) =>
          allOfFew ? Infinity : Math.floor(size / times)
        ));
        const drawn = drawSamples(
          ...[checkpoint, architecture, samples, Math.min(layerSample, narrowest)] as const,
        );
        return weightRequests(architecture, drawn, { edges, qkv });
      })),
  };
}

/** Each tensor once, with the rows that any of some requests wants. */
function mergedRequests(requests: readonly TensorRows[]): TensorRows[] {
  return [...Map.groupBy(requests, ({ name }) => name)].map(([name, same]) => ({
    name,
    rows: unionOfRanges(same.flatMap(({ rows = [] }) => rows)),
  }));
}

function whole(matrices: Architecture["matrices"]): TensorRows[] {
  return matrices.map(({ tensor }) => ({ name: tensor }));
}

async function stepsOf(
  steps: NotebookReading["steps"],
  run: CheckpointRun,
): Promise<readonly number[]> {
  const first = run.steps[0]!, last = run.steps.at(-1)!;
  if (typeof steps === "object") return pickedSteps(run.steps, steps);
  if (steps === "last") return [last];
  if (steps === "ends") return [first, last];
  if (steps === "published") {
    const points = await publishedEmergence(run.model)
      .catch(() => publishedEmergence("pythia-1.4b-deduped"));
    const wanted = [0, last, ...points.map(({ step }) => step)];
    return run.steps.filter((step) => wanted.includes(step));
  }
  const isPythia = pythiaOnHub(run.model) !== null;
  if (steps === "all" || !isPythia) return run.steps;
  return run.steps.filter((step) => PUBLISHED_STEPS.includes(step));
}
