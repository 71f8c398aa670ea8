/** What running notebooks on models of the hub moves, before any of it is moved, and then the moving. */

import type { Architecture } from "../../lib/architectures/architecture.ts";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Checkpoint, CheckpointRun, TensorRows } from "../../lib/checkpoints/checkpoint.ts";
import {
  LinkMeter,
  type LinkSpeed,
  type TransferPlan,
  type TransferProgress,
} from "../../lib/checkpoints/hub/transfer_plan.ts";
import { runOfSteps } from "../../lib/checkpoints/run_of_steps.ts";
import { LEAVE_OUT } from "../../lib/display/notebook_run.ts";
import {
  modelsOf,
  type NetworkRequests,
  type NotebookModel,
  type NotebookReads,
  notebookRequests,
  readsOf,
} from "../../lib/display/notebook_reads.ts";
import type { Transfer } from "../../lib/options/values.ts";
import { refuseDuplicates } from "../../lib/checkpoints/duplicate_steps.ts";
import { openSelectedRun } from "../../lib/runs/open_selected_run.ts";

/** What is to be run, on which models. */
export interface HubTask {
  /** The notebooks' names. */
  readonly notebooks: readonly string[];
  /** The models, as `openRun` takes them. */
  readonly models: readonly string[];
  /** The steps in the words of `--steps`; the usual ones unless given. */
  readonly steps: string | undefined;
  /** What moving bytes saves. */
  readonly transfer: Transfer;
  /** Bytes a second where they are known; measured unless given. */
  readonly bandwidth: number | undefined;
}

/** What reading costs. */
export interface ReadingCost {
  /** Bytes that are moved, gaps among them. */
  readonly bytes: number;
  /** Bytes that are then kept on disk. */
  readonly kept: number;
  /** Bytes that are needed and on disk already. */
  readonly there: number;
  /** Requests for ranges of files. */
  readonly requests: number;
  /** Seconds that moving takes. */
  readonly seconds: number;
}

/** What one notebook reads by itself. */
export interface NotebookCost extends ReadingCost {
  readonly notebook: string;
}

/** What all notebooks read. */
export interface HubPlan {
  /** Each notebook as if it were run alone. */
  readonly notebooks: readonly NotebookCost[];
  /** All of them together: what several need is moved once. */
  readonly total: ReadingCost;
  /** The speed that is counted on. */
  readonly link: LinkSpeed;
  /** Whether it was measured or given; it is assumed where all headers were there already. */
  readonly linkIs: "measured" | "given" | "assumed";
}

/** How far moving is. */
export interface HubProgress {
  readonly model: string;
  readonly step: number;
  /** The notebooks that read this step. */
  readonly notebooks: readonly string[];
  /** Bytes of the plan that have been moved. */
  readonly moved: number;
  readonly planned: number;
}

/** A checkpoint with the rows that some notebooks read of it. */
interface ReadStep {
  readonly run: CheckpointRun;
  readonly step: number;
  /** By notebook. */
  readonly requests: Map<string, NetworkRequests>;
}

/** The models that notebooks read, opened: their configs and headers have been read, and none of their weights. */
export class HubModels {
  readonly #rows = new Map<string, readonly TensorRows[]>();
  #onProgress: (progress: TransferProgress) => void = () => {};

  private constructor(
    private readonly task: HubTask,
    private readonly meter: LinkMeter,
    private readonly steps: Map<string, ReadStep>,
    private readonly runs: Map<string, CheckpointRun>,
  ) {}

  /** Open what some notebooks read; a step that holds the weights of another is refused. */
  static async open(task: HubTask, onWarning: (line: string) => void): Promise<HubModels> {
    const meter = new LinkMeter(task.bandwidth);
    const steps = new Map<string, ReadStep>(), runs = new Map<string, CheckpointRun>();
    const models = new HubModels(task, meter, steps, runs);
    for (const notebook of task.notebooks) {
      const reads = readsOf(notebook);
      for (const model of reads === null ? [] : modelsOf(reads, task.models)) {
        await models.#add(notebook, reads!, model, onWarning);
      }
    }
    return models;
  }

  /** The runs that a notebook needs scores of, or draws them of. */
  scored(): { readonly run: CheckpointRun; readonly notebook: string; readonly needed: boolean }[] {
    return this.task.notebooks.flatMap((notebook) => {
      const reads = readsOf(notebook);
      if (reads === null || reads.scores === "none") return [];
      return modelsOf(reads, this.task.models).map(({ name }) => (
        { run: this.runs.get(name)!, notebook, needed: reads.scores === "needed" }
      ));
    });
  }

  /** What is to be moved; from now on the speed that is counted on stays. */
  async plan(): Promise<HubPlan> {
    const checkpoints = [...this.steps.values()];
    for (const { run, step } of checkpoints) await run.checkpoint(step);
    const found = this.meter.isMeasured ? "measured" : "assumed";
    this.meter.hold();
    const costs = new Map<string, ReadingCost[]>(this.task.notebooks.map((name) => [name, []]));
    const total: ReadingCost[] = [];
    for (const read of checkpoints) {
      const known = new Map<string, ReadingCost>();
      for (const [notebook, { key }] of read.requests) {
        if (!known.has(key)) known.set(key, await this.#cost(read, [notebook]));
        costs.get(notebook)!.push(known.get(key)!);
      }
      const [only] = known.values();
      total.push(known.size === 1 ? only! : await this.#cost(read, [...read.requests.keys()]));
    }
    return {
      notebooks: Array.from(costs, ([notebook, own]) => ({ notebook, ...sumOf(own) })),
      total: sumOf(total),
      link: this.meter.speed,
      linkIs: this.task.bandwidth === undefined ? found : "given",
    };
  }

  /** Move what is planned. */
  async move(planned: number, onProgress: (progress: HubProgress) => void): Promise<void> {
    let before = 0;
    for (const read of this.steps.values()) {
      const { run, step } = read, notebooks = [...read.requests.keys()];
      let own = 0;
      this.#onProgress = ({ moved }) => {
        own = moved;
        onProgress({ model: run.model, step, notebooks, moved: before + own, planned });
      };
      const checkpoint = await run.checkpoint(step);
      await checkpoint.prefetch?.(this.#rowsOf(read, checkpoint, notebooks));
      before += own;
    }
  }

  async #add(
    notebook: string,
    reads: NotebookReads,
    { name, of, stepsOf }: NotebookModel,
    onWarning: (line: string) => void,
  ): Promise<void> {
    if (stepsOf !== undefined && stepsOf !== name) {
      await this.#open(stepsOf, this.task.steps, onWarning);
    }
    const steps = this.runs.get(stepsOf ?? "")?.steps ?? this.task.steps;
    const run = await this.#open(name, steps, onWarning);
    for (const [step, requests] of await notebookRequests(reads, run, of)) {
      const key = `${name} ${step}`;
      const read = this.steps.get(key) ?? { run, step, requests: new Map() };
      this.steps.set(key, read);
      read.requests.set(notebook, requests);
    }
  }

  async #open(
    name: string,
    steps: readonly number[] | string | undefined,
    onWarning: (line: string) => void,
  ): Promise<CheckpointRun> {
    const known = this.runs.get(name);
    if (known) return known;
    const selected = await openSelectedRun(name, steps, {
      ...{ onWarning, transfer: this.task.transfer, meter: this.meter, allowDuplicates: true },
      onProgress: (progress) => this.#onProgress(progress),
    });
    refuseDuplicates(selected.run, selected.duplicates, LEAVE_OUT);
    const run = runOfSteps(selected.run, selected.steps);
    this.runs.set(name, run);
    return run;
  }

  async #cost(read: ReadStep, notebooks: readonly string[]): Promise<ReadingCost> {
    const checkpoint = await read.run.checkpoint(read.step);
    const plans = await checkpoint.plan?.(this.#rowsOf(read, checkpoint, notebooks)) ?? [];
    return sumOf(plans.map(costOf));
  }

  /** The rows that some notebooks read of a checkpoint; those of a model's steps are the same. */
  #rowsOf(
    { run, requests }: ReadStep,
    checkpoint: Checkpoint,
    notebooks: readonly string[],
  ): TensorRows[] {
    let architecture: Architecture | undefined;
    const wanted = new Map(notebooks.map((name) => [requests.get(name)!.key, requests.get(name)!]));
    // Nothing that is drawn is outside the full network.
    const full = wanted.get("full");
    return (full ? [["full", full] as const] : [...wanted]).flatMap(([key, { rows }]) => {
      const place = `${run.source} ${key}`;
      if (!this.#rows.has(place)) {
        architecture ??= detectArchitecture(checkpoint);
        this.#rows.set(place, rows(checkpoint, architecture));
      }
      return this.#rows.get(place)!;
    });
  }
}

function costOf({ bytes, needed, there, requests, seconds }: TransferPlan): ReadingCost {
  return { bytes, kept: needed, there, requests: requests.length, seconds };
}

function sumOf(costs: readonly ReadingCost[]): ReadingCost {
  const sum = (name: keyof ReadingCost) => costs.reduce((total, cost) => total + cost[name], 0);
  const [bytes, kept, there] = [sum("bytes"), sum("kept"), sum("there")];
  return { bytes, kept, there, requests: sum("requests"), seconds: sum("seconds") };
}
