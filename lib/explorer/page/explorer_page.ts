/** The page of the explorer: controls on one side, views on the other, and what joins them. */

/// <reference lib="dom" />

import type { GivenFile } from "../../checkpoints/open_files.ts";
import type { SampledOptions } from "../../runs/analysis_options.ts";
import { type Hand, Stopped } from "../engine/crew.ts";
import { ExplorerEngine, type ExplorerResult } from "../engine/explorer_engine.ts";
import {
  checkSettings,
  type ExplorerState,
  FIRST_MODEL,
  readState,
  writeState,
} from "../explorer_state.ts";
import { ComparedSettings } from "./compared_settings.ts";
import { confirmTransfer } from "./confirm_transfer.ts";
import { Controls } from "./controls.ts";
import { takeDroppedFiles } from "./dropped_on_page.ts";
import { element } from "./elements.ts";
import { emergenceView, exponentView, nullView, spectraView } from "./explorer_views.ts";
import { MapDrawing } from "./map_drawing.ts";
import type { PageModels } from "./models.ts";
import { NetworkViews } from "./network_views.ts";
import { nextTurn } from "./next_turn.ts";
import { openModel } from "./open_model.ts";
import { pageHeader } from "./page_header.ts";
import { pageViews } from "./page_views.ts";
import { TOUR } from "./tour.ts";
import { TourPanel } from "./tour_panel.ts";

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
  /** The engine of the settings of now, and that of those that were kept beside them, each with the model that it has open. */
  readonly #now: { readonly engine: ExplorerEngine; model: string | null };
  readonly #kept: { readonly engine: ExplorerEngine; model: string | null };
  /** The files that were dropped last. */
  #files: readonly GivenFile[] | null = null;
  #result: ExplorerResult | null = null;
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
  readonly #controls: Controls;
  readonly #views = pageViews(
    (settings) => this.set(settings),
    () => this.set({ map: !this.#state.map }),
  );
  readonly #network: NetworkViews;
  readonly #map: MapDrawing;
  readonly #compared: ComparedSettings;
  readonly #tour = new TourPanel({
    goTo: (place) => this.#goTo(place),
    look: (view) => this.#views.cards[view].root.scrollIntoView({ block: "start" }),
    end: () => this.set({ tour: undefined }),
  });

  constructor(options: ExplorerPageOptions) {
    this.#options = options;
    const engine = () => new ExplorerEngine(options.hire, options.workers);
    this.#now = { engine: engine(), model: null };
    this.#kept = { engine: engine(), model: null };
    this.#controls = new Controls(Object.keys(options.models), {
      change: (settings) => this.set(settings),
      openFiles: (files) => this.#openFiles(files),
      openHub: (name) => this.#choose(name.startsWith("hf:") ? name : `hf:${name}`),
      compare: () => this.#compareWithThis(),
    });
    const isOver = () => this.#isAsked;
    this.#network = new NetworkViews(
      this.#now.engine,
      this.#views,
      isOver,
      (neuron) => this.set({ neuron }),
    );
    this.#map = new MapDrawing(this.#now.engine, this.#views.cards.map, isOver);
    this.#compared = new ComparedSettings(
      this.#now.engine,
      this.#kept.engine,
      (model) => this.#open(this.#kept, model),
      isOver,
      this.#onProgress,
    );
    this.#build();
    addEventListener("hashchange", () => this.#follow());
    this.#follow();
  }

  /** Change some settings, and everything that hangs on them. */
  set(settings: Partial<ExplorerState>): void {
    const state = { ...this.#state, ...settings };
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

  #stop(): void {
    this.#runs++;
    this.#isAsked = false;
    for (const side of [this.#now, this.#kept]) {
      side.engine.stop();
      side.model = null;
    }
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
    for (const view of Object.values(this.#views.cards)) view.stale = true;
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
          // Of a stop the status tells.
          if (error instanceof Stopped) continue;
          this.#status.textContent = "";
          this.#fault.textContent = sentenceOf(error);
        }
      }
    } finally {
      this.#isBusy = false;
    }
  }

  async #update(): Promise<void> {
    const state = this.#state, options = checkSettings(state), run = this.#runs;
    await this.#sample(state, options);
    const { engine } = this.#now, result = await engine.measure(options);
    if (run !== this.#runs) return;
    performance.mark("neuromfa-measured");
    this.#result = result;
    // The settings may have changed meanwhile, such as by a slider that is still being moved.
    this.#controls.show(this.#state, result);
    const { cards } = this.#views, { scores } = engine.run!;
    cards.emergence.show(() => emergenceView(result, scores));
    performance.mark("neuromfa-redrawn");
    const words = this.#summary(options, result);
    this.#status.textContent = words;
    cards.null.root.hidden = result.excess === null;
    const drawings = [
      () => cards.null.show(() => nullView(result)),
      () => cards.spectra.show(() => spectraView(result)),
      () => cards.tau.show(() => exponentView(result)),
      () => this.#network.draw(state, options, result),
      () => this.#showTour(),
      () => this.#compared.draw(state, result),
      () => this.#map.draw(state, options, result),
    ];
    // What was asked meanwhile comes first.
    for (const draw of drawings) {
      await nextTurn();
      if (this.#isAsked) return;
      await draw();
    }
    this.#progress(null);
    this.#status.textContent = words;
  }

  /** Read the networks that some settings need, unless they are there. */
  async #sample({ model = FIRST_MODEL, steps }: ExplorerState, options: SampledOptions) {
    await this.#open(this.#now, model);
    const { engine } = this.#now;
    if (!engine.needsSampling(options, steps)) return;
    if (model.startsWith("hf:")) await this.#confirm(options);
    this.#status.textContent = `Reading the networks of ${engine.run!.model}…`;
    this.#progress(0);
    await engine.sample(options, steps, {
      onProgress: this.#onProgress,
      onWords: (words) => this.#status.textContent = words,
    });
    this.#progress(null);
  }

  /** What was measured, and what is to be known of it. */
  #summary({ samples }: SampledOptions, { steps, threshold }: ExplorerResult): string {
    const { model, warnings, scoresFault } = this.#now.engine.run!;
    return [
      `${model}: ${steps.length} steps × ${samples} samples, threshold ${
        Number(threshold.toPrecision(6))
      }.`,
      ...warnings.map((words) => `${words}.`),
      ...scoresFault === null ? [] : [`${scoresFault}.`],
    ].join(" ");
  }

  async #open(
    side: { readonly engine: ExplorerEngine; model: string | null },
    model: string,
  ): Promise<void> {
    if (model === side.model && side.engine.run !== null) return;
    side.model = null;
    this.#status.textContent = `Opening ${model}…`;
    this.#progress(0);
    const sources = { ...this.#options, files: this.#files };
    await openModel(side.engine, model, sources, {
      onProgress: this.#onProgress,
      onWords: (words) => this.#status.textContent = words,
    });
    side.model = model;
    this.#progress(null);
  }

  #openFiles(files: readonly GivenFile[]): void {
    if (files.length === 0) return;
    this.#files = files;
    this.#now.model = null;
    const [top = "model"] = files[0]!.path.split("/");
    // What was kept to compare with may be of the files before.
    this.#choose(`files:${top}`, { compare: undefined });
  }

  /** Take another model, whose steps and neurons are its own. */
  #choose(model: string, more: Partial<ExplorerState> = {}): void {
    const own = { steps: undefined, step: undefined, neuron: undefined, block: 0, sample: 0 };
    this.set({ ...own, ...more, model } as Partial<ExplorerState>);
  }

  /** Show what will be moved, and wait until it is wanted. */
  async #confirm(options: SampledOptions): Promise<void> {
    this.#status.textContent = "Asking the hub what has to be moved…";
    const plan = await this.#now.engine.plan(options, this.#state.steps);
    if (plan === null || plan.bytes === 0) return;
    this.#status.textContent = "";
    try {
      await confirmTransfer(plan.words);
    } catch (error) {
      this.#status.textContent = "Nothing was read. Choose another model, fewer steps or samples.";
      throw error;
    }
  }

  #compareWithThis(): void {
    const { compare, tour: _, ...own } = this.#state;
    this.set({ compare: compare === undefined ? writeState(own) : undefined });
  }

  #showTour(): void {
    const { tour: place } = this.#state, view = place && TOUR[place - 1]!.view;
    for (const [name, { root }] of Object.entries(this.#views.cards)) {
      root.classList.toggle("toured", name === view);
    }
    this.#tour.show(place);
  }

  #goTo(place: number): void {
    this.set({ tour: place, ...TOUR[place - 1]!.settings });
  }

  #build(): void {
    const { root, noWorkers } = this.#options;
    const tell = (words: string) => this.#status.textContent = words;
    const main = element("main", { id: "views" }, this.#tour.root);
    if (noWorkers !== undefined) main.append(element("p", { class: "note" }, noWorkers));
    main.append(
      element("div", { class: "state" }, this.#status, this.#bar, this.#cancel, this.#fault),
      element(
        "div",
        { class: "cards" },
        this.#compared.root,
        ...Object.values(this.#views.cards).map(({ root }) => root),
      ),
    );
    this.#views.cards.null.root.hidden = true;
    this.#progress(null);
    root.replaceChildren(
      pageHeader(() => this.#state, () => this.#goTo(1), tell),
      element("div", { class: "sides" }, this.#controls.root, main),
    );
    takeDroppedFiles(
      (files) => this.#openFiles(files),
      (error) => this.#fault.textContent = sentenceOf(error),
    );
  }
}

function sentenceOf(error: unknown): string {
  const { message } = error as Error;
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
