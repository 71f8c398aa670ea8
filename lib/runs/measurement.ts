/** What a measurement has given: tables, what they were made from, and what was left out. */

import { resolve } from "node:path";
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import type { ExcessRow } from "../emergence/excess_emergence.ts";
import type { SamplesRow, SpectraRow } from "../multifractal/spectra_tables.ts";
import type { NfdEvolutionRow } from "../nfd/nfd_tables.ts";
import type { Frame } from "../tables/frames.ts";
import { textTable } from "../tables/html_table.ts";
import { describeRecord, type RunRecord } from "./run_record.ts";
import { hasExcess, type ModelTables, saveModelTables } from "./tables.ts";
import type { AnalyzedRun } from "./units/write_tables.ts";

/**
 * A model measured over training, as {@linkcode measure} gives it; figures and correlations take it as it is.
 *
 * @category Measuring
 */
export class Measurement implements ModelTables {
  /** The tables as they were made, for those who print them. */
  readonly analyzed: AnalyzedRun;
  readonly #tables: ModelTables;
  readonly #place: string | ((out: string) => Promise<void>);

  /**
   * What {@linkcode measure} gives.
   *
   * @param analyzed What was measured, all of it.
   * @param place The folder that the tables were written to, or what writes them.
   */
  constructor(analyzed: AnalyzedRun, place: string | ((out: string) => Promise<void>)) {
    this.analyzed = analyzed;
    this.#tables = analyzed.emergence!.tables;
    this.#place = place;
  }

  /** The model's name. */
  get model(): string {
    return this.#tables.model;
  }

  /** Number of weights of the model. */
  get weights(): number {
    return this.analyzed.plan.nodes!.modelSize;
  }

  /** E of every step with its interval, against its null model where there is one. */
  get rows(): readonly EmergenceRow[] | readonly ExcessRow[] {
    return this.#tables.emergence;
  }

  /** The same as {@linkcode Measurement.rows}. */
  get emergence(): readonly EmergenceRow[] | readonly ExcessRow[] {
    return this.#tables.emergence;
  }

  /** Every order of every sample. */
  get spectra(): readonly SpectraRow[] {
    return this.#tables.spectra;
  }

  /** Every sample. */
  get samples(): readonly SamplesRow[] {
    return this.#tables.samples;
  }

  /** For each sample, the statistics of its node fractal dimensions (NFD) at each step. */
  get nfd(): readonly (readonly NfdEvolutionRow[])[] {
    return this.analyzed.nodes!.evolution;
  }

  /** What the tables were made from: options, checkpoints by digest, versions. */
  get record(): RunRecord {
    return this.analyzed.plan.emergence!;
  }

  /** How it was measured, in words, as captions say it. */
  get made(): string {
    return describeRecord(this.record);
  }

  /**
   * A table as a Danfo frame; Danfo is loaded by the first call.
   *
   * @param table Which table; that of E unless given.
   */
  async toFrame(table: "emergence" | "spectra" | "samples" = "emergence"): Promise<Frame> {
    const { toFrame } = await import("../tables/frames.ts");
    return await toFrame(this[table]);
  }

  /**
   * Write all tables: of E, spectra and samples under `<out>/emergence`, of node fractal dimensions under `<out>/nfd`.
   *
   * @param out The folder.
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
      ) => (
        { step, E, eLow, eHigh, eNull, excess, excessLow, excessHigh, pValue, status }
      ))
      : rows.map(({ step, alpha0, width, E, eLow, eHigh, status }) => (
        { step, alpha0, width, E, eLow, eHigh, status }
      ));
    return [textTable(table), this.made, ...this.#leftOut()].join("\n");
  }

  /** What is printed of it: the same. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** What a notebook shows of a cell's last expression: E over training, and as plain text the same as above. */
  async [Symbol.for("Jupyter.display")](): Promise<Record<string, string>> {
    const text = { "text/plain": this.toString() };
    if (this.rows.every(({ E }) => Number.isNaN(E))) return text;
    const { emergenceOverTrainingFigure } = await import(
      "../figures/emergence/emergence_over_training.ts"
    );
    const { model, emergence, samples, made } = this;
    const figure = emergenceOverTrainingFigure(model, emergence, samples, made);
    return { "image/png": (await figure.png({ scale: 1 })).toBase64(), ...text };
  }

  /** What does not count, a sentence each. */
  #leftOut(): string[] {
    const { samples } = this.#tables;
    const kept = samples.reduce((sum, { selectedNodes }) => sum + selectedNodes, 0);
    const all = samples.reduce((sum, { nodes }) => sum + nodes, 0);
    const unmeasured = samples.filter(({ status }) => status !== "ok").length;
    const filtered = samples.filter(({ filtered }) => filtered === true).length;
    return [
      ...(this.record.leftOut ?? []).map(({ reason, tensors }) =>
        `left out: ${tensors} ${tensors === 1 ? "tensor" : "tensors"}: ${reason}`
      ),
      `left out: ${all - kept} of ${all} nodes, which have too few edges within the threshold`,
      ...unmeasured === 0
        ? []
        : [`left out: ${unmeasured} of ${samples.length} samples without a spectrum`],
      ...filtered === 0
        ? []
        : [`left out of averages: ${filtered} of ${samples.length} samples by the filter mode`],
    ];
  }
}
