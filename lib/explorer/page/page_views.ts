/** The cards of the page's views, with the controls that each has of its own. */

/// <reference lib="dom" />

import type { ExplorerState } from "../explorer_state.ts";
import { element, labelled, select } from "./elements.ts";
import { ViewCard } from "./view_card.ts";

/** The name of each view, with its heading and a sentence about it, in their order on the page. */
const VIEWS = {
  emergence: [
    "Degree of emergence over training",
    "E of every step, with its interval, beside what the model can do.",
  ],
  map: [
    "E at other thresholds",
    "How much hangs on the threshold: the same networks, read at others.",
  ],
  null: ["Null model", "E of weights in random places; what is left above it is structure."],
  spectra: [
    "Multifractal spectra",
    "α₀, at the peak, is the regularity; the breadth is the heterogeneity.",
  ],
  tau: ["Mass exponent τ(q)", "It bends where neurons differ."],
  partition: [
    "Partition function and its fit",
    "ln Z against ln r for one order q: the slope is τ(q).",
  ],
  graph: ["A block as a graph", "Click a neuron to see a box grow around it."],
  box: ["A box grows around a neuron", "Its mass is one plus the edges within the radius."],
  nfd: ["Node fractal dimensions by layer", "The mean dimension of the neurons of each layer."],
} as const;

/** The name of a view. */
export type ViewName = keyof typeof VIEWS;

/** The cards, and the controls that choose what some of them are of. */
export interface PageViews {
  readonly cards: Readonly<Record<ViewName, ViewCard>>;
  /** The step of the network. */
  readonly steps: HTMLSelectElement;
  readonly neurons: HTMLSelectElement;
  readonly blocks: HTMLSelectElement;
  /** The order q. */
  readonly order: HTMLInputElement;
}

/**
 * Make the cards.
 *
 * @param set Told what a control of theirs chooses.
 * @param showMap Told that the map is to be shown, or hidden.
 */
export function pageViews(
  set: (settings: Partial<ExplorerState>) => void,
  showMap: () => void,
): PageViews {
  const cards = Object.fromEntries(
    Object.entries(VIEWS).map(([name, [title, about]]) => [name, new ViewCard(name, title, about)]),
  ) as Record<ViewName, ViewCard>;
  const chosen = (name: "step" | "neuron" | "block") =>
    select([], "", (value) => set({ [name]: Number(value) }));
  const steps = chosen("step"), neurons = chosen("neuron"), blocks = chosen("block");
  const order: HTMLInputElement = element("input", {
    ...{ type: "range", min: -3, max: 3, step: 0.1, value: 2 },
    input: () => set({ order: Number(order.value) }),
  });
  cards.graph.controls.append(labelled("Step of the network", steps), labelled("Block", blocks));
  cards.box.controls.append(labelled("Neuron", neurons));
  cards.partition.controls.append(labelled("Order q", order));
  cards.map.controls.append(
    element("button", { type: "button", click: showMap }, "Show or hide the map"),
  );
  return { cards, steps, neurons, blocks, order };
}
