/** What a measurement has given: tables, what they were made from, and what was left out. */

import { resolve } from "node:path";
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import type { ExcessRow } from "../emergence/excess_emergence.ts";
import type { SamplesRow, SpectraRow } from "../multifractal/spectra_tables.ts";
import type { NfdEvolutionRow } from "../nfd/nfd_tables.ts";
import type { FrameShape } from "../tables/frame_shape.ts";
import { textTable } from "../tables/shown_table.ts";
import { describeRecord, type RunRecord } from "./run_record.ts";
import { hasExcess, type ModelTables, saveModelTables } from "./tables.ts";
import type { AnalyzedRun } from "./units/write_tables.ts";

/** What is used of `lib/frames/frames.ts`, whose own types lead to Danfo. */
interface FramesModule {
  toFrame(rows: readonly object[]): Promise<FrameShape>;
}

/**
 * A model measured over training, as {@linkcode measure} gives it; figures and correlations take it as it is.
 *
 * @category Measuring
 */
export class Measurement implements ModelTables {
  /** The tables as they were made, for those who print them. */
  readonly analyzed: AnalyzedRun;
  /** The model's name. */
  readonly model: string;
  /** Number of weights of the model. */
  readonly weights: number;
  /** E of every step with its interval, against its null model where there is one. */
  readonly rows: readonly EmergenceRow[] | readonly ExcessRow[];
  /** The same as {@linkcode Measurement.rows}. */
  readonly emergence: readonly EmergenceRow[] | readonly ExcessRow[];
  /** Every order of every sample. */
  readonly spectra: readonly SpectraRow[];
  /** Every sample. */
  readonly samples: readonly SamplesRow[];
  /** For each sample, the statistics of its node fractal dimensions (NFD) at each step. */
  readonly nfd: readonly (readonly NfdEvolutionRow[])[];
  /** What the tables were made from: options, checkpoints by digest, versions. */
  readonly record: RunRecord;
  /** How it was measured, in words, as captions say it. */
  readonly made: string;
  /** What decided the number of samples, in words, where that was left open (`samples: "auto"`); else `null`. */
  readonly enough: string | null;
  readonly #place: string | ((out: string) => Promise<void>);

  /** Takes what was measured, all of it, and the folder that the tables were written to, or what writes them. */
  constructor(
    analyzed: AnalyzedRun,
    place: string | ((out: string) => Promise<void>),
    enough: string | null = null,
  ) {
    const { tables } = analyzed.emergence!;
    this.analyzed = analyzed;
    this.model = tables.model;
    this.weights = analyzed.plan.nodes!.modelSize;
    this.rows = this.emergence = tables.emergence;
    this.spectra = tables.spectra;
    this.samples = tables.samples;
    this.nfd = analyzed.nodes!.evolution;
    this.record = analyzed.plan.emergence!;
    this.made = describeRecord(this.record);
    this.enough = enough;
    this.#place = place;
    Object.freeze(this);
  }

  /**
   * A table as a Danfo frame, that of E unless given.
   *
   * Danfo is loaded, and where it is not there yet downloaded, by the first call; who calls this not needs none of its
   * packages. `toFrame(result.rows)` of `neuromfa/frames` does the same with the types of all that a frame can do, and
   * {@linkcode toColumns} makes columns for other packages.
   */
  async toFrame(table: "emergence" | "spectra" | "samples" = "emergence"): Promise<FrameShape> {
    // Not written out in `import()`: Danfo's 500 packages would be fetched for every program that imports this.
    const frames: FramesModule = await import(new URL("../frames/frames.ts", import.meta.url).href);
    return await frames.toFrame(this[table]);
  }

  /**
   * Write all tables: of E, spectra and samples under `<out>/emergence`, of node fractal dimensions under `<out>/nfd`.
   *
   * @param tables Which of the two; both unless given.
   * @throws {Error} If a file cannot be written, or it was measured into another folder: its tables are there.
   */
  async save(out: string, tables: "both" | "emergence" = "both"): Promise<void> {
    if (tables === "emergence") return void await saveModelTables(out, this, this.record);
    if (typeof this.#place === "function") return await this.#place(out);
    if (resolve(this.#place) === resolve(out)) return;
    throw new Error(
      `${this.model} was measured into ${this.#place}, where its tables are; copy them from there, ` +
        "or measure it without out and save it then",
    );
  }

  /** E as a table of text, what was used, and what was left out. */
  toString(): string {
    const { rows } = this;
    const table = hasExcess(rows)
      ? rows.map((
        { step, E, eLow, eHigh, eNull, excess, excessLow, excessHigh, pValue, status },
      ) => ({ step, E, eLow, eHigh, eNull, excess, excessLow, excessHigh, pValue, status }))
      : rows.map(({ step, alpha0, width, E, eLow, eHigh, status }) => (
        { step, alpha0, width, E, eLow, eHigh, status }
      ));
    const enough = this.enough === null ? [] : [this.enough];
    return [textTable(table), this.made, ...enough, ...this.#leftOut()].join("\n");
  }

  /** What is printed of it: the same. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** What a notebook shows of a cell's last expression: E over training, and as plain text the same as above. */
  async [Symbol.for("Jupyter.display")](): Promise<Record<string, string>> {
    const text = { "text/plain": this.toString() };
    if (this.rows.every(({ E }) => Number.isNaN(E))) return text;
    const figures = await import("../figures/emergence/emergence_over_training.ts");
    const { model, emergence, samples, made } = this;
    const figure = figures.emergenceOverTrainingFigure(model, emergence, samples, made);
    return { "image/png": (await figure.png({ scale: 1 })).toBase64(), ...text };
  }

  /** What does not count, a sentence each. */
  #leftOut(): string[] {
    const { samples } = this, { length } = samples;
    const kept = samples.reduce((sum, { selectedNodes }) => sum + selectedNodes, 0);
    const all = samples.reduce((sum, { nodes }) => sum + nodes, 0);
    const lines = [
      ...(this.record.leftOut ?? []).map(({ reason, tensors }) =>
        `left out: ${tensors} ${tensors === 1 ? "tensor" : "tensors"}: ${reason}`
      ),
      `left out: ${all - kept} of ${all} nodes, which have too few edges within the threshold`,
    ];
    const unmeasured = samples.filter(({ status }) => status !== "ok").length;
    if (unmeasured > 0) {
      lines.push(`left out: ${unmeasured} of ${length} samples without a spectrum`);
    }
    const filtered = samples.filter(({ filtered }) => filtered === true).length;
    if (filtered === 0) return lines;
    return [...lines, `left out of averages: ${filtered} of ${length} samples by the filter mode`];
  }
}
