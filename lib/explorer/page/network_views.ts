/** The views of a single network: its partition function, a box, a block as a graph, and node fractal dimensions. */

/// <reference lib="dom" />

import { drawnBlock } from "../../figures/networks/network_graph.ts";
import type { LinkedLayers } from "../../networks/network.ts";
import type { SampledOptions } from "../../runs/analysis_options.ts";
import type { ExplorerEngine, ExplorerResult } from "../engine/explorer_engine.ts";
import type { NetworkPlace, OpenedRun } from "../engine/explorer_work.ts";
import type { ExplorerState } from "../explorer_state.ts";
import { setChoices } from "./elements.ts";
import {
  boxView,
  GRAPH_NEURONS,
  graphView,
  type MeasuredNeuron,
  measuredNeurons,
  nearestOrder,
  nfdView,
  partitionView,
} from "./explorer_views.ts";
import { layerBlocks } from "./layer_blocks.ts";
import { nextTurn } from "./next_turn.ts";
import type { PageViews } from "./page_views.ts";

/** Draws them, one after another. */
export class NetworkViews {
  /** The links that are drawn, of which network of which run. */
  #linked: {
    readonly run: OpenedRun | null;
    readonly key: string;
    readonly links: LinkedLayers | null;
  } = { run: null, key: "", links: null };

  /**
   * @param engine Measures the run.
   * @param views The cards and their controls.
   * @param isOver Whether something else is wanted meanwhile.
   * @param choose Told which neuron is clicked.
   */
  constructor(
    private readonly engine: ExplorerEngine,
    private readonly views: PageViews,
    private readonly isOver: () => boolean,
    private readonly choose: (neuron: number) => void,
  ) {}

  /** Draw all of the network that some settings choose. */
  async draw(
    state: ExplorerState,
    options: SampledOptions,
    { model, steps }: ExplorerResult,
  ): Promise<void> {
    const step = steps.includes(state.step ?? -1) ? state.step! : steps.at(-1)!;
    const sample = Math.min(state.sample ?? 0, options.samples - 1), place = { step, sample };
    setChoices(
      this.views.steps,
      steps.map((one) => [`${one}`, one.toLocaleString("en-US")]),
      `${step}`,
    );
    const detail = await this.engine.detail(options, place);
    if (detail === null || this.isOver()) return;
    const { cards } = this.views;
    const order = this.#showOrder(state, options, detail.partition?.q);
    cards.partition.show(() => partitionView(model, place, detail, order));
    const neurons = measuredNeurons(detail);
    const neuron = neurons.find(({ id }) => id === state.neuron) ?? neurons[0];
    setChoices(
      this.views.neurons,
      neurons.map(({ id, layer }) => [`${id}`, `${id} (${layer})`]),
      `${neuron?.id ?? ""}`,
    );
    await nextTurn();
    if (this.isOver()) return;
    cards.box.show(() => boxView(model, place, detail, neuron));
    await nextTurn();
    if (this.isOver()) return;
    await this.#drawGraph(state, options, model, place, neurons);
    if (this.isOver()) return;
    const nfd = await this.engine.nfd(options, sample);
    await nextTurn();
    if (this.isOver()) return;
    cards.nfd.show(() => nfdView(model, sample, nfd));
  }

  /** Have the slider of orders stand at the one that is drawn; which one that is. */
  #showOrder(
    state: ExplorerState,
    { q: { min, max, step } }: SampledOptions,
    orders: ArrayLike<number> | undefined,
  ): number {
    const { order: slider } = this.views;
    for (const [name, value] of Object.entries({ min, max, step })) {
      slider.setAttribute(name, `${value}`);
    }
    const wanted = state.order ?? 2;
    const chosen = orders === undefined ? wanted : nearestOrder(orders, wanted);
    if (document.activeElement !== slider) slider.value = `${chosen}`;
    slider.setAttribute("aria-valuetext", `q = ${chosen}`);
    return chosen;
  }

  async #drawGraph(
    state: ExplorerState,
    options: SampledOptions,
    model: string,
    place: NetworkPlace,
    neurons: readonly MeasuredNeuron[],
  ): Promise<void> {
    const { layerSample, qkv, edges } = options;
    const { run } = this.engine, key = JSON.stringify([place, layerSample, qkv, edges]);
    // Another folder may have the same name: a run is what was opened.
    if (this.#linked.run !== run || this.#linked.key !== key) {
      const links = await this.engine.graph(options, place);
      if (this.isOver()) return;
      this.#linked = { run, key, links };
    }
    const { links } = this.#linked;
    if (links === null) return;
    const blocks = layerBlocks(links),
      block = blocks.includes(state.block ?? 0) ? state.block ?? 0 : blocks[0]!;
    setChoices(this.views.blocks, blocks.map((one) => [`${one}`, `${one}`]), `${block}`);
    const view = this.views.cards.graph;
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
      circle.addEventListener("click", () => this.choose(id));
    }
  }
}
