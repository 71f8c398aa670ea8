/** One view of the page: a figure with its numbers and ways to save both. */

/// <reference lib="dom" />

import { formatCsv } from "../../files/csv.ts";
import { type FigureStyle, SCREEN_STYLE, withFigureStyle } from "../../figures/figure_style.ts";
import type { Figure } from "../../figures/render/draw_figure.ts";
import { element, newId, saveAs } from "./elements.ts";
import { type NumberRows, numberTable } from "./number_table.ts";

/** What a view shows. */
export interface Shown {
  readonly figures: readonly Figure[];
  /** Its numbers, and what they are. */
  readonly rows?: NumberRows;
  readonly caption?: string;
}

/** A view that can be drawn again, dimmed while its numbers are old. */
export class ViewCard {
  readonly root: HTMLElement;
  /** Where controls of the view's own go. */
  readonly controls: HTMLElement = element("div", { class: "row" });
  readonly #drawing = element("div", { class: "drawing" });
  readonly #fault = element("p", { class: "fault", role: "status" });
  readonly #saving = element("div", { class: "row saving" });
  readonly #numbers: HTMLDetailsElement;
  #shown: Shown | null = null;

  /**
   * @param name Of the files that it saves, and its place on the page.
   * @param title Its heading.
   * @param about A sentence below it.
   */
  constructor(readonly name: string, title: string, about: string) {
    const id = newId();
    this.#numbers = element(
      "details",
      { toggle: () => this.#fillNumbers() },
      element("summary", {}, "Numbers"),
    );
    this.root = element(
      "section",
      { class: "card", id: `view-${name}`, "aria-labelledby": id },
      element("h2", { id }, title),
      element("p", { class: "about" }, about),
      ...[this.controls, this.#drawing, this.#fault, this.#saving, this.#numbers],
    );
    this.#numbers.hidden = true;
  }

  /** Draw it, or say in its place why it cannot be drawn. */
  show(make: () => Shown | null): void {
    try {
      this.#shown = withFigureStyle(styleIn(this.#drawing.clientWidth), make);
      this.#fault.textContent = "";
    } catch (error) {
      this.#shown = null;
      this.#fault.textContent = `${(error as Error).message}.`;
    }
    const { figures = [], rows } = this.#shown ?? {};
    this.#drawing.replaceChildren(...figures.map(drawn));
    this.#saving.replaceChildren(
      ...figures.flatMap((figure) => [
        saveButton(
          `SVG`,
          figure.name,
          () => saveAs(`${figure.name}.svg`, figure.svg, "image/svg+xml"),
        ),
        saveButton(`PNG`, figure.name, async () => {
          saveAs(`${figure.name}.png`, await figure.png(), "image/png");
        }),
      ]),
      ...rows === undefined || rows.length === 0 ? [] : [
        saveButton("CSV", this.name, () => {
          saveAs(`${this.name}.csv`, formatCsv(Object.keys(rows[0]!), rows), "text/csv");
        }),
      ],
    );
    this.#numbers.hidden = rows === undefined || rows.length === 0;
    this.#fillNumbers();
    this.stale = false;
  }

  /** Whether its numbers are those of settings that are no longer. */
  set stale(isStale: boolean) {
    this.root.classList.toggle("stale", isStale);
    this.root.setAttribute("aria-busy", `${isStale}`);
  }

  /** The parts of the drawing that a selector names. */
  parts(selector: string): readonly SVGElement[] {
    return [...this.#drawing.querySelectorAll<SVGElement>(selector)];
  }

  #fillNumbers(): void {
    const { rows, caption = "" } = this.#shown ?? {};
    const [summary] = this.#numbers.children;
    if (!this.#numbers.open || rows === undefined) {
      this.#numbers.replaceChildren(summary!);
      return;
    }
    this.#numbers.replaceChildren(summary!, numberTable(rows, caption));
  }
}

/** The least width in CSS pixels that figures are laid out for, and the one from which they are as on any screen. */
const LEAST = 312, WIDE = 512;

/** How figures look in so much room; a card that is not on the page yet has none to tell. */
function styleIn(room: number): FigureStyle {
  if (room === 0 || room >= WIDE) return SCREEN_STYLE;
  return { ...SCREEN_STYLE, width: Math.max(LEAST, room) };
}

function saveButton(words: string, name: string, click: () => void): HTMLButtonElement {
  const label = `Save ${name.replaceAll("_", " ")} as ${words}`;
  return element("button", { type: "button", click, "aria-label": label }, words);
}

/** A figure as part of the page; it comes from a document of its own, in which texts are texts. */
function drawn({ svg }: Figure): HTMLElement {
  // A style in an attribute is not allowed here; the page's own sheet has what there is.
  const text = svg.replaceAll(
    / style="(max-width:100%;height:auto|font-size: 12px;)"/g,
    (_, style) => style.startsWith("font") ? ' data-panel=""' : "",
  );
  const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
  // A picture has one name, that of the whole; its numbers are in the table.
  for (const part of documentElement.querySelectorAll("svg g[aria-label]")) {
    part.setAttribute("data-mark", part.getAttribute("aria-label")!);
    part.removeAttribute("aria-label");
  }
  const caption = documentElement.getAttribute("aria-label") ?? "figure";
  return element(
    "div",
    { class: "figure", tabindex: 0, role: "region", "aria-label": caption },
    document.importNode(documentElement, true),
  );
}
