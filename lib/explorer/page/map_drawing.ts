/** The view of E at other thresholds, whose numbers are kept as long as they hold. */

/// <reference lib="dom" />

import type { SampledOptions } from "../../runs/analysis_options.ts";
import type { ExplorerEngine, ExplorerResult } from "../engine/explorer_engine.ts";
import type { OpenedRun } from "../engine/explorer_work.ts";
import { MOST_KEPT } from "../engine/kept_network.ts";
import type { ExplorerState } from "../explorer_state.ts";
import { mapView } from "./explorer_views.ts";
import { nextTurn } from "./next_turn.ts";
import { mapThresholds, type ThresholdRow } from "./threshold_map.ts";
import type { ViewCard } from "./view_card.ts";

/** Draws it where it is wanted. */
export class MapDrawing {
  #drawn: {
    readonly run: OpenedRun | null;
    readonly key: string;
    readonly rows: readonly ThresholdRow[];
  } = { run: null, key: "", rows: [] };

  /**
   * @param engine Measures the run.
   * @param view Its card.
   * @param isOver Whether something else is wanted meanwhile.
   */
  constructor(
    private readonly engine: ExplorerEngine,
    private readonly view: ViewCard,
    private readonly isOver: () => boolean,
  ) {}

  /** Draw the map, or nothing where none is wanted. */
  async draw(
    state: ExplorerState,
    options: SampledOptions,
    { model, threshold, medianLength }: ExplorerResult,
  ): Promise<void> {
    if (!state.map) return this.view.show(() => null);
    const { threshold: _, null: _null, nullDraws: _draws, ...others } = options;
    const { run } = this.engine, key = JSON.stringify([state.steps, others]);
    if (this.#drawn.run !== run || this.#drawn.key !== key) {
      const rows: ThresholdRow[] = [];
      for (const at of mapThresholds(medianLength, MOST_KEPT)) {
        for (const { step, E } of await this.engine.emergenceAt(options, at)) {
          rows.push({ step, threshold: at, E });
        }
        if (this.isOver()) return;
        await nextTurn();
      }
      this.#drawn = { run, key, rows };
    }
    this.view.show(() => mapView(model, this.#drawn.rows, threshold));
  }
}
