/** The head of the page: what it is, the tour, and the settings to take along. */

/// <reference lib="dom" />

import { cellOf, commandOf, type ExplorerState } from "../explorer_state.ts";
import { copyWords } from "./copy_words.ts";
import { element } from "./elements.ts";

/**
 * Make it.
 *
 * @param state Gives the settings of now.
 * @param startTour Begins the tour.
 * @param tell Told what was copied.
 */
export function pageHeader(
  state: () => ExplorerState,
  startTour: () => void,
  tell: (words: string) => void,
): HTMLElement {
  const copy = (name: string, what: string, words: () => string) =>
    element("button", {
      type: "button",
      click: () => copyWords(words(), what, () => tell(`Copied ${what}.`)),
    }, name);
  return element(
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
      element("button", { type: "button", class: "main", click: startTour }, "Guided tour"),
      copy("Copy link", "a link to this view", () => location.href),
      copy("Copy as command", "the command", () => commandOf(state())),
      copy("Copy as notebook cell", "the cell", () => cellOf(state())),
    ),
  );
}
