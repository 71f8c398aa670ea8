/** The guided tour as the page shows it: one step at a time. */

/// <reference lib="dom" />

import { element } from "./elements.ts";
import type { ViewName } from "./page_views.ts";
import { TOUR } from "./tour.ts";

/** Who hears of what is pressed. */
export interface TourListeners {
  /** Another step is wanted, counted from 1. */
  readonly goTo: (place: number) => void;
  /** The view of the step is to be looked at. */
  readonly look: (view: ViewName) => void;
  readonly end: () => void;
}

/** The panel of the tour. */
export class TourPanel {
  readonly root = element("section", { class: "tour", "aria-label": "Guided tour" });
  /** The step that is written there. */
  #written: number | undefined;

  constructor(private readonly listeners: TourListeners) {
    this.root.hidden = true;
  }

  /** Show a step, counted from 1; none hides the panel. */
  show(place: number | undefined): void {
    this.root.hidden = place === undefined;
    if (this.#written === place) return;
    this.#written = place;
    if (place === undefined) return;
    this.#write(place);
    this.root.querySelector("h2")!.focus({ preventScroll: true });
  }

  #write(place: number): void {
    const { title, words, move, question, answer, view } = TOUR[place - 1]!;
    const { goTo, look, end } = this.listeners;
    const step = (name: string, to: number, more: object = {}) =>
      element("button", {
        ...{ type: "button", disabled: TOUR[to - 1] === undefined, click: () => goTo(to) },
        ...more,
      }, name);
    this.root.replaceChildren(
      element("h2", { tabindex: -1 }, `${place} of ${TOUR.length}: ${title}`),
      element("p", {}, words),
      element("p", {}, element("strong", {}, "Try: "), move),
      element("p", {}, element("strong", {}, "Ask: "), question),
      element("details", {}, element("summary", {}, "Answer"), element("p", {}, answer)),
      element(
        "div",
        { class: "row" },
        step("Back", place - 1),
        step("Next", place + 1, { class: "main" }),
        element("a", {
          href: `#view-${view}`,
          click: (event: Event) => {
            event.preventDefault();
            look(view);
          },
        }, "Go to the view"),
        element("button", { type: "button", click: end }, "End the tour"),
      ),
    );
  }
}
