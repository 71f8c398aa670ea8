/** The page of the explorer: controls on one side, views on the other, and what joins them. */

/// <reference lib="dom" />

import { layerBlocks } from "./layer_blocks.ts";
import { drawnBlock } from "../../figures/networks/network_graph.ts";
import type { GivenFile } from "../../checkpoints/open_files.ts";
import type { SampledOptions } from "../../runs/analysis_options.ts";
import type { LinkedLayers } from "../../networks/network.ts";
import { type Hand, Stopped } from "../engine/crew.ts";
import { ExplorerEngine, type ExplorerResult } from "../engine/explorer_engine.ts";
import { MOST_KEPT } from "../engine/kept_network.ts";
import {
  cellOf,
  checkSettings,
  commandOf,
  type ExplorerState,
  FIRST_MODEL,
  measureSettings,
  readState,
  writeState,
} from "../explorer_state.ts";
import { confirmTransfer } from "./confirm_transfer.ts";
import { Controls } from "./controls.ts";
import { copyWords } from "./copy_words.ts";
import { element, labelled, select, setChoices } from "./elements.ts";
import { numberTable } from "./number_table.ts";
import {
  boxView,
  emergenceView,
  exponentView,
  GRAPH_NEURONS,
  graphView,
  mapView,
  type MeasuredNeuron,
  measuredNeurons,
  nearestOrder,
  nfdView,
  nullView,
  partitionView,
  spectraView,
  tableRows,
} from "./explorer_views.ts";
import { bundledFiles, droppedFiles, listedFiles, type PageModels } from "./models.ts";
import { mapThresholds, type ThresholdRow } from "./threshold_map.ts";
import { TOUR } from "./tour.ts";
import { TourPanel } from "./tour_panel.ts";
import { ViewCard } from "./view_card.ts";

/** What a page has and where it stands. */
export interface ExplorerPageOptions {
  /** Where it is put. */
  readonly root: HTMLElement;
  readonly models: PageModels;
  /** Gives a new worker, or the page itself. */
  readonly hire: () => Hand;
  readonly workers: number;
  /** Why there are no workers, where there are none. */
  readonly noWorkers?: string | undefined;
  /** The settings to begin with where the address has none, such as in a page inside another. */
  readonly hash?: string | undefined;
  /** The hub's address, where it is not the usual one. */
  readonly endpoint?: string | undefined;
}

/** The page. */
export class ExplorerPage {
  readonly #options: ExplorerPageOptions;
  #state: ExplorerState = {};
  readonly #engine: ExplorerEngine;
  readonly #other: ExplorerEngine;
  readonly #controls: Controls;
  /** The files that were dropped last. */
  #files: readonly GivenFile[] | null = null;
  #openModel: string | null = null;
  #otherModel: string | null = null;
  #result: ExplorerResult | null = null;
  #linked: { readonly key: string; readonly links: LinkedLayers | null } = { key: "", links: null };
  #map: { readonly key: string; readonly rows: ThresholdRow[] } = { key: "", rows: [] };
  /** What is wrong with the address; it is said until something else is chosen. */
  #addressFault = "";
  #isBusy = false;
  #isAsked = false;
  #runs = 0;

  readonly #status = element("p", { class: "status", role: "status", "aria-live": "polite" });
  readonly #fault = element("p", { class: "fault", role: "alert" });
  readonly #bar = element("progress", { max: 1, value: 0, "aria-label": "networks read" });
  readonly #cancel = element(
    "button",
    { type: "button", class: "cancel", click: () => this.#stop() },
    "Cancel",
  );
  readonly #views: Readonly<Record<string, ViewCard>>;
  readonly #compare = element("section", { class: "card wide", id: "view-compare" });
  readonly #tour = new TourPanel({
    goTo: (place) => this.#goTo(place),
    look: (view) => this.#views[view]!.root.scrollIntoView({ block: "start" }),
    end: () => this.set({ tour: undefined }),
  });
  readonly #stepList: HTMLSelectElement;
  readonly #neuronList: HTMLSelectElement;
  readonly #blockList: HTMLSelectElement;
  readonly #orderList: HTMLInputElement;

  constructor(options: ExplorerPageOptions) {
    this.#options = options;
    this.#engine = new ExplorerEngine(options.hire, options.workers);
    this.#other = new ExplorerEngine(options.hire, options.workers);
    this.#controls = new Controls(Object.keys(options.models), {
      change: (settings) => this.set(settings),
      openFiles: (files) => this.#openFiles(files),
      openHub: (name) => this.#openHub(name),
      compare: () => this.#compareWithThis(),
    });
    this.#views = {
      emergence: new ViewCard(
        "emergence",
        "Degree of emergence over training",
        "E of every step, with its interval, beside what the model can do.",
      ),
      map: new ViewCard(
        "map",
        "E at other thresholds",
        "How much hangs on the threshold: the same networks, read at others.",
      ),
      null: new ViewCard(
        "null",
        "Null model",
        "E of weights in random places; what is left above it is structure.",
      ),
      spectra: new ViewCard(
        "spectra",
        "Multifractal spectra",
        "α₀, at the peak, is the regularity; the breadth is the heterogeneity.",
      ),
      tau: new ViewCard("tau", "Mass exponent τ(q)", "It bends where neurons differ."),
      partition: new ViewCard(
        "partition",
        "Partition function and its fit",
        "ln Z against ln r for one order q: the slope is τ(q).",
      ),
      graph: new ViewCard(
        "graph",
        "A block as a graph",
        "Click a neuron to see a box grow around it.",
      ),
      box: new ViewCard(
        "box",
        "A box grows around a neuron",
        "Its mass is one plus the edges within the radius.",
      ),
      nfd: new ViewCard(
        "nfd",
        "Node fractal dimensions by layer",
        "The mean dimension of the neurons of each layer.",
      ),
    };
    this.#stepList = select([], "", (value) => this.set({ step: Number(value) }));
    this.#neuronList = select([], "", (value) => this.set({ neuron: Number(value) }));
    this.#blockList = select([], "", (value) => this.set({ block: Number(value) }));
    this.#orderList = element("input", {
      ...{ type: "range", min: -3, max: 3, step: 0.1, value: 2 },
      input: () => this.set({ order: Number(this.#orderList.value) }),
    });
    this.#views.graph!.controls.append(
      labelled("Step of the network", this.#stepList),
      labelled("Block", this.#blockList),
    );
    this.#views.box!.controls.append(labelled("Neuron", this.#neuronList));
    this.#views.partition!.controls.append(labelled("Order q", this.#orderList));
    this.#views.map!.controls.append(
      element(
        "button",
        { type: "button", click: () => this.set({ map: !this.#state.map }) },
        "Show or hide the map",
      ),
    );
    this.#build();
    addEventListener("hashchange", () => this.#follow());
    this.#follow();
  }

  /** Change some settings, and everything that hangs on them. */
  set(settings: Partial<ExplorerState>): void {
    const before = this.#state;
    const state = { ...before, ...settings };
    for (const key of Object.keys(state) as (keyof ExplorerState)[]) {
      if (state[key] === undefined) delete (state as Record<string, unknown>)[key];
    }
    this.#state = state;
    this.#addressFault = "";
    try {
      history.replaceState(null, "", writeState(state));
    } catch {
      // A page inside a notebook has no address of its own.
    }
    void this.#refresh();
  }

  #follow(): void {
    try {
      this.#state = readState(location.hash || this.#options.hash || "");
      this.#addressFault = "";
    } catch (error) {
      this.#addressFault = sentenceOf(error);
      this.#state = {};
    }
    this.#fault.textContent = this.#addressFault;
    void this.#refresh();
  }

  #say(error: unknown): void {
    if (!(error instanceof Stopped)) this.#fault.textContent = sentenceOf(error);
  }

  #stop(): void {
    this.#runs++;
    this.#isAsked = false;
    this.#engine.stop();
    this.#other.stop();
    this.#openModel = this.#otherModel = null;
    this.#progress(null);
    this.#status.textContent = "Cancelled. Change a setting to go on.";
  }

  readonly #onProgress = (done: number, total: number) => this.#progress(done / total);

  #progress(share: number | null): void {
    this.#bar.hidden = this.#cancel.hidden = share === null;
    this.#bar.value = share ?? 0;
  }

  /** Bring the page to the settings; what is asked meanwhile is done afterwards, and only the last of it. */
  async #refresh(): Promise<void> {
    this.#isAsked = true;
    for (const view of Object.values(this.#views)) view.stale = true;
    this.#controls.show(this.#state, this.#result);
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (this.#isAsked) {
        this.#isAsked = false;
        try {
          await this.#update();
          if (!this.#isAsked) this.#fault.textContent = this.#addressFault;
        } catch (error) {
          this.#progress(null);
          this.#status.textContent = "";
          this.#say(error);
        }
      }
    } finally {
      this.#isBusy = false;
    }
  }

  async #update(): Promise<void> {
    const state = this.#state, options = checkSettings(state), run = this.#runs;
    const { model = FIRST_MODEL, steps } = state;
    await this.#open(this.#engine, model, this.#openModel);
    this.#openModel = model;
    const opened = this.#engine.run!;
    if (this.#engine.needsSampling(options, steps)) {
      if (model.startsWith("hf:")) await this.#confirm(options);
      this.#status.textContent = `Reading the networks of ${opened.model}…`;
      this.#progress(0);
      await this.#engine.sample(options, steps, {
        onProgress: this.#onProgress,
        onWords: (words) => this.#status.textContent = words,
      });
      this.#progress(null);
    }
    const result = await this.#engine.measure(options);
    if (run !== this.#runs) return;
    performance.mark("neuromfa-measured");
    this.#result = result;
    // The settings may have changed meanwhile, such as by a slider that is still being moved.
    this.#controls.show(this.#state, result);
    this.#views.emergence!.show(() => emergenceView(result, opened.scores));
    performance.mark("neuromfa-redrawn");
    const count = `${result.steps.length} steps × ${options.samples} samples`;
    const warnings = [
      ...opened.warnings,
      ...opened.scoresFault === null ? [] : [opened.scoresFault],
    ];
    const words = [
      `${opened.model}: ${count}, threshold ${Number(result.threshold.toPrecision(6))}.`,
      ...warnings.map((words) => `${words}.`),
    ].join(" ");
    this.#status.textContent = words;
    // What was asked meanwhile comes first.
    await nextTurn();
    if (this.#isAsked) return;
    this.#views.null!.root.hidden = result.excess === null;
    this.#views.null!.show(() => nullView(result));
    this.#views.spectra!.show(() => spectraView(result));
    this.#views.tau!.show(() => exponentView(result));
    await nextTurn();
    if (this.#isAsked) return;
    await this.#drawNetwork(state, options, result);
    if (this.#isAsked) return;
    this.#showTour();
    await this.#drawCompared(state, result);
    this.#status.textContent = words;
    if (this.#isAsked) return;
    await this.#drawMap(state, options, result);
  }

  async #open(engine: ExplorerEngine, model: string, open: string | null): Promise<void> {
    if (model === open && engine.run !== null) return;
    this.#status.textContent = `Opening ${model}…`;
    this.#progress(0);
    const onWords = (words: string) => this.#status.textContent = words;
    if (model.startsWith("hf:")) {
      const { endpoint } = this.#options;
      await engine.open({ kind: "hub", name: model, ...endpoint && { endpoint } }, { onWords });
    } else if (model.startsWith("suite:")) {
      const name = model.slice("suite:".length);
      const files = await bundledFiles(this.#options.models, name, this.#onProgress);
      await engine.open({ kind: "files", files }, { onWords });
    } else if (model.startsWith("files:")) {
      if (this.#files === null) {
        throw new Error(
          `${
            model.slice("files:".length)
          } was dropped on this page before; drop it again, or choose another model`,
        );
      }
      await engine.open({ kind: "files", files: this.#files }, { onWords });
    } else {
      throw new Error(
        `${model} is no model of this page; choose suite:nano-32, hf:owner/model, or drop files`,
      );
    }
    this.#progress(null);
  }

  #openFiles(files: readonly GivenFile[]): void {
    if (files.length === 0) return;
    this.#files = files;
    this.#openModel = null;
    const [top = "model"] = files[0]!.path.split("/");
    // What was kept to compare with may be of the files before.
    this.#choose(`files:${top}`, { compare: undefined });
  }

  #openHub(name: string): void {
    this.#choose(name.startsWith("hf:") ? name : `hf:${name}`);
  }

  /** Take another model, whose steps and neurons are its own. */
  #choose(model: string, more: Partial<ExplorerState> = {}): void {
    const own = { steps: undefined, step: undefined, neuron: undefined, block: 0, sample: 0 };
    this.set({ ...own, ...more, model } as Partial<ExplorerState>);
  }

  /** Show what will be moved, and wait until it is wanted. */
  async #confirm(options: SampledOptions): Promise<void> {
    this.#status.textContent = "Asking the hub what has to be moved…";
    const plan = await this.#engine.plan(options, this.#state.steps);
    if (plan === null || plan.bytes === 0) return;
    this.#status.textContent = "";
    try {
      await confirmTransfer(plan.words);
    } catch (error) {
      this.#status.textContent = "Nothing was read. Choose another model, fewer steps or samples.";
      throw error;
    }
  }

  async #drawNetwork(
    state: ExplorerState,
    options: SampledOptions,
    { model, steps }: ExplorerResult,
  ): Promise<void> {
    const step = steps.includes(state.step ?? -1) ? state.step! : steps.at(-1)!;
    const sample = Math.min(state.sample ?? 0, options.samples - 1), place = { step, sample };
    setChoices(
      this.#stepList,
      steps.map((one) => [`${one}`, one.toLocaleString("en-US")]),
      `${step}`,
    );
    const detail = await this.#engine.detail(options, place);
    if (detail === null || this.#isAsked) return;
    const { min, max, step: width } = options.q, order = state.order ?? 2;
    for (const [name, value] of Object.entries({ min, max, step: width })) {
      this.#orderList.setAttribute(name, `${value}`);
    }
    const chosen = detail.partition === null ? order : nearestOrder(detail.partition.q, order);
    if (document.activeElement !== this.#orderList) this.#orderList.value = `${chosen}`;
    this.#orderList.setAttribute("aria-valuetext", `q = ${chosen}`);
    this.#views.partition!.show(() => partitionView(model, place, detail, chosen));
    const neurons = measuredNeurons(detail);
    const neuron = neurons.find(({ id }) => id === state.neuron) ?? neurons[0];
    setChoices(
      this.#neuronList,
      neurons.map(({ id, layer }) => [`${id}`, `${id} (${layer})`]),
      `${neuron?.id ?? ""}`,
    );
    this.#views.box!.show(() => boxView(model, place, detail, neuron));
    await nextTurn();
    if (this.#isAsked) return;
    await this.#drawGraph(state, options, model, place, neurons);
    if (this.#isAsked) return;
    const nfd = await this.#engine.nfd(options, sample);
    if (this.#isAsked) return;
    this.#views.nfd!.show(() => nfdView(model, sample, nfd));
  }

  async #drawGraph(
    state: ExplorerState,
    options: SampledOptions,
    model: string,
    place: { readonly step: number; readonly sample: number },
    neurons: readonly MeasuredNeuron[],
  ): Promise<void> {
    const { layerSample, qkv, edges } = options;
    const key = JSON.stringify([this.#openModel, place, layerSample, qkv, edges]);
    if (this.#linked.key !== key) {
      const links = await this.#engine.graph(options, place);
      if (this.#isAsked) return;
      this.#linked = { key, links };
    }
    const { links } = this.#linked;
    if (links === null) return;
    const blocks = layerBlocks(links),
      block = blocks.includes(state.block ?? 0) ? state.block ?? 0 : blocks[0]!;
    setChoices(this.#blockList, blocks.map((one) => [`${one}`, `${one}`]), `${block}`);
    const view = this.#views.graph!;
    view.show(() => graphView(model, place, links, block));
    // The figure has a circle for each neuron, in the order of its columns.
    const ids = drawnBlock(links, block, GRAPH_NEURONS).columns.flatMap(({ nodes }) => nodes)
      .map(({ id }) => id);
    const measured = new Set(neurons.map(({ id }) => id));
    for (const [i, circle] of view.parts("g[data-mark=dot] circle").slice(-ids.length).entries()) {
      const id = ids[i]!;
      if (!measured.has(id)) continue;
      circle.classList.add("clickable");
      if (id === state.neuron) circle.classList.add("chosen");
      circle.addEventListener("click", () => this.set({ neuron: id }));
    }
  }

  async #drawMap(
    state: ExplorerState,
    options: SampledOptions,
    { model, threshold, medianLength }: ExplorerResult,
  ): Promise<void> {
    const view = this.#views.map!;
    if (!state.map) {
      view.show(() => null);
      return;
    }
    const { threshold: _, null: _null, nullDraws: _draws, ...others } = options;
    const key = JSON.stringify([this.#openModel, this.#runs, state.steps, others]);
    if (this.#map.key !== key) {
      const rows: ThresholdRow[] = [];
      for (const at of mapThresholds(medianLength, MOST_KEPT)) {
        for (const { step, E } of await this.#engine.emergenceAt(options, at)) {
          rows.push({ step, threshold: at, E });
        }
        if (this.#isAsked) return;
        await nextTurn();
      }
      this.#map = { key, rows };
    }
    view.show(() => mapView(model, this.#map.rows, threshold));
  }

  #compareWithThis(): void {
    const { compare: _, tour: _tour, ...own } = this.#state;
    this.set({ compare: this.#state.compare === undefined ? writeState(own) : undefined });
  }

  /** The settings that were kept beside those of now. */
  async #drawCompared(state: ExplorerState, now: ExplorerResult): Promise<void> {
    this.#compare.hidden = state.compare === undefined;
    if (state.compare === undefined) {
      this.#other.stop();
      this.#otherModel = null;
      return;
    }
    const other = readState(state.compare), options = checkSettings(other);
    const { model = FIRST_MODEL, steps } = other;
    await this.#open(this.#other, model, this.#otherModel);
    this.#otherModel = model;
    if (this.#other.needsSampling(options, steps)) {
      await this.#other.sample(options, steps, { onProgress: this.#onProgress });
      this.#progress(null);
    }
    const before = await this.#other.measure(options);
    if (this.#isAsked) return;
    const cards = [["A", before, other, this.#other], ["B", now, state, this.#engine]] as const;
    const rows = now.emergence.flatMap(({ step, E }) => {
      const kept = before.emergence.find((row) => row.step === step);
      return kept === undefined ? [] : [{ step, E_A: kept.E, E_B: E, difference: E - kept.E }];
    });
    this.#compare.replaceChildren(
      element("h2", {}, "Two settings side by side"),
      element("p", { class: "about" }, "A is what was kept; B follows the controls."),
      element(
        "div",
        { class: "pair" },
        ...cards.map(([name, result, settings, engine]) => {
          const card = new ViewCard(
            `compare_${name}`,
            `${name}: ${result.model}`,
            differences(settings),
          );
          card.show(() => emergenceView(result, engine.run?.scores ?? []));
          return card.root;
        }),
      ),
      ...rows.length === 0
        ? [element("p", { class: "about" }, "The two share no step.")]
        : [numberTable(tableRows(rows), "E under both settings, at the steps that both have")],
    );
  }

  #showTour(): void {
    const { tour: place } = this.#state, view = place && TOUR[place - 1]!.view;
    for (const [name, { root }] of Object.entries(this.#views)) {
      root.classList.toggle("toured", name === view);
    }
    this.#tour.show(place);
  }

  #goTo(place: number): void {
    this.set({ tour: place, ...TOUR[place - 1]!.settings });
  }

  #build(): void {
    const { root, noWorkers } = this.#options;
    const copy = (name: string, what: string, words: () => string) =>
      element("button", {
        type: "button",
        click: () => copyWords(words(), what, () => this.#status.textContent = `Copied ${what}.`),
      }, name);
    const header = element(
      "header",
      {},
      element("h1", {}, "NeuroMFA explorer"),
      element(
        "p",
        {},
        "From the weights of a network to its degree of emergence. Nothing leaves this machine: files that you drop " +
          "are read here, in this page.",
      ),
      element(
        "div",
        { class: "row" },
        element(
          "button",
          { type: "button", class: "main", click: () => this.#goTo(1) },
          "Guided tour",
        ),
        copy("Copy link", "a link to this view", () => location.href),
        copy("Copy as command", "the command", () => commandOf(this.#state)),
        copy("Copy as notebook cell", "the cell", () => cellOf(this.#state)),
      ),
    );
    const main = element("main", { id: "views" }, this.#tour.root);
    if (noWorkers !== undefined) main.append(element("p", { class: "note" }, noWorkers));
    main.append(
      element("div", { class: "state" }, this.#status, this.#bar, this.#cancel, this.#fault),
      element(
        "div",
        { class: "cards" },
        this.#compare,
        ...Object.values(this.#views).map(({ root }) => root),
      ),
    );
    this.#compare.hidden = true;
    this.#views.null!.root.hidden = true;
    this.#progress(null);
    root.replaceChildren(header, element("div", { class: "sides" }, this.#controls.root, main));
    // A dropped file must not replace the page.
    addEventListener("dragover", (event) => {
      event.preventDefault();
      document.body.classList.add("dropping");
    });
    addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) document.body.classList.remove("dropping");
    });
    addEventListener("drop", async (event) => {
      event.preventDefault();
      document.body.classList.remove("dropping");
      try {
        const items = event.dataTransfer?.items;
        const files = items
          ? await droppedFiles(items)
          : listedFiles(event.dataTransfer?.files ?? []);
        this.#openFiles(files);
      } catch (error) {
        this.#say(error);
      }
    });
  }
}

/** What of some settings is not as usual. */
function differences(state: ExplorerState): string {
  const settings = Object.entries(measureSettings(state));
  if (settings.length === 0) return "All settings as usual.";
  return new URLSearchParams(writeState(measureSettings(state)).slice(1)).toString()
    .replaceAll("&", ", ").replaceAll("=", " ").replaceAll("_", " ").replaceAll("%3A", ":")
    .replaceAll("%2C", ",");
}

function sentenceOf(error: unknown): string {
  const { message } = error as Error;
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** When the page has had its turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
