/** Two settings side by side: one that was kept, and the one of now. */

/// <reference lib="dom" />

import type { ExplorerEngine, ExplorerResult } from "../engine/explorer_engine.ts";
import {
  checkSettings,
  type ExplorerState,
  FIRST_MODEL,
  measureSettings,
  readState,
  writeState,
} from "../explorer_state.ts";
import { element } from "./elements.ts";
import { emergenceView, tableRows } from "./explorer_views.ts";
import { numberTable } from "./number_table.ts";
import { ViewCard } from "./view_card.ts";

/** Measures the settings that were kept, and shows them beside those of now. */
export class ComparedSettings {
  readonly root: HTMLElement = element("section", { class: "card wide", id: "view-compare" });

  /**
   * @param now The engine of the settings of now.
   * @param kept That of those that were kept.
   * @param open Opens a model in the latter, unless it is open.
   * @param isOver Whether something else is wanted meanwhile.
   * @param onProgress Told how far sampling is.
   */
  constructor(
    private readonly now: ExplorerEngine,
    private readonly kept: ExplorerEngine,
    private readonly open: (model: string) => Promise<void>,
    private readonly isOver: () => boolean,
    private readonly onProgress: (done: number, total: number) => void,
  ) {
    this.root.hidden = true;
  }

  /** Draw both, or nothing where none was kept. */
  async draw(state: ExplorerState, result: ExplorerResult): Promise<void> {
    this.root.hidden = state.compare === undefined;
    if (state.compare === undefined) return this.kept.stop();
    const settings = readState(state.compare), options = checkSettings(settings);
    const { model = FIRST_MODEL, steps } = settings;
    await this.open(model);
    if (this.kept.needsSampling(options, steps)) {
      await this.kept.sample(options, steps, { onProgress: this.onProgress });
    }
    const before = await this.kept.measure(options);
    if (this.isOver()) return;
    const sides = [
      ["A", before, settings, this.kept],
      ["B", result, state, this.now],
    ] as const;
    const rows = result.emergence.flatMap(({ step, E }) => {
      const other = before.emergence.find((row) => row.step === step);
      return other === undefined ? [] : [{ step, E_A: other.E, E_B: E, difference: E - other.E }];
    });
    const cards = sides.map(([name, { model }, settings]) =>
      new ViewCard(`compare_${name}`, `${name}: ${model}`, unusual(settings))
    );
    this.root.replaceChildren(
      element("h2", {}, "Two settings side by side"),
      element("p", { class: "about" }, "A is what was kept; B follows the controls."),
      element("div", { class: "pair" }, ...cards.map(({ root }) => root)),
      rows.length === 0
        ? element("p", { class: "about" }, "The two share no step.")
        : numberTable(tableRows(rows), "E under both settings, at the steps that both have"),
    );
    // Figures are as wide as their place on the page.
    for (const [i, [, shown, , { run }]] of sides.entries()) {
      cards[i]!.show(() => emergenceView(shown, run?.scores ?? []));
    }
  }
}

/** What of some settings is not as usual. */
function unusual(state: ExplorerState): string {
  const settings = measureSettings(state);
  if (Object.keys(settings).length === 0) return "All settings as usual.";
  return new URLSearchParams(writeState(settings).slice(1)).toString()
    .replaceAll("&", ", ").replaceAll("=", " ").replaceAll("_", " ").replaceAll("%3A", ":")
    .replaceAll("%2C", ",");
}
