/** What an analysis has come to, in lines for a terminal. */

import { join } from "node:path";
import { sampleWords } from "../multifractal/sample_number.ts";
import { samplesOf } from "../runs/nfd/nfd_options.ts";
import { hasExcess, tablePaths } from "../runs/tables.ts";
import type { AnalyzedRun } from "../runs/units/write_tables.ts";
import type { Shard } from "../options/values.ts";
import { unitsFolder } from "../runs/units/unit_store.ts";
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import type { ExcessRow } from "../emergence/excess_emergence.ts";
import type { NullKind } from "../options/measuring_options.ts";
import type { RunRecord } from "../runs/run_record.ts";
import type { AnalysisOptions } from "../runs/analysis_options.ts";

/** What E is, and where the tables are. */
export function tableLines(
  run: AnalyzedRun,
  out: string,
): string[] {
  const { plan: { model, emergence: record }, emergence, nodes } = run;
  const place = (path: string, skipped: boolean) =>
    skipped ? `${path} was there, of the same checkpoints and options` : `wrote ${path}`;
  return [
    ...emergence
      ? [
        ...networkLines(record!),
        ...emergenceLines(model, emergence.tables.emergence, record!.options),
        place(tablePaths(out, model).emergence, emergence.skipped),
      ]
      : [],
    ...nodes ? [...dimensionlessLine(run), place(join(out, "nfd", model), nodes.skipped)] : [],
  ];
}

/** That an architecture was proposed by shapes and order, and what a family lists as no part of the network. */
function networkLines({ model, options: { architecture }, leftOut = [] }: RunRecord): string[] {
  const { family, guess } = (architecture ?? {}) as { family?: string; guess?: boolean };
  return [
    ...guess
      ? [`${model}: its architecture, ${family}, is a guess from the shapes of its tensors`]
      : [],
    ...leftOut.map(({ reason, tensors }) =>
      `${model}: left out ${tensors} ${tensors === 1 ? "tensor" : "tensors"}: ${reason}`
    ),
  ];
}

/** Which networks have no neuron with a fractal dimension, so that their statistics are missing. */
function dimensionlessLine({ plan: { model, nodes: record }, nodes }: AnalyzedRun): string[] {
  const { options } = record!;
  const samples = samplesOf(options);
  const without = nodes!.evolution.flatMap((rows, i) =>
    rows.filter(({ count }) => count === 0)
      .map(({ step }) => `step ${step} (${sampleWords(samples[i]!)})`)
  );
  if (without.length === 0) return [];
  const others = without.length === 1
    ? ""
    : ` and in ${without.length - 1} other network${without.length === 2 ? "" : "s"}`;
  const advice = samples[0] === "full" ? "" : "; --layer_sample draws more neurons";
  return [
    `no neuron of ${model} can have a fractal dimension at ${
      without[0]
    }${others}: it takes more than ` +
    `${options.minimumEdges} learned edges, and the tables give the status of each neuron${advice}`,
  ];
}

/** What a part of a run has come to, and what is left to do. */
export function shardLine(
  { index, count }: Shard,
  { plan: { model }, units }: AnalyzedRun,
  out: string,
): string {
  const { total, missing } = units;
  const folder = unitsFolder(out, model);
  return `part ${index} of ${count} of ${model} is measured: ${
    total - missing
  } of ${total} units are in ${folder}` +
    (missing === 0
      ? `; deno task neuromfa merge --out ${out} writes the tables`
      : `; when the other parts are too, deno task neuromfa merge --out ${out} writes the tables ` +
        "(--from names the folders where there are several)");
}

/** What is left of a run that was stopped. */
export function stoppedLine(
  { model, out }: { readonly model: string; readonly out: string },
): string {
  return `stopped; what was measured of ${model} is in ${unitsFolder(out, model)}, ` +
    "and the same command goes on from there";
}

/**
 * Lines that show E over training: a title, a header, a line a step; the full network has no interval, and a run without a null
 * model no excess.
 */
export function emergenceLines(
  model: string,
  rows: readonly EmergenceRow[] | readonly ExcessRow[],
  { network, null: kind, nullDraws = 1 }: Partial<
    Pick<AnalysisOptions, "network" | "null" | "nullDraws">
  > = {},
): string[] {
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => i === cells.length - 1 ? cell : cell.padStart(i === 0 ? 8 : 9)).join(
      " ",
    );
  const title = network === "full"
    ? `${model}: degree of emergence E of the full network`
    : `${model}: degree of emergence E with its 95 % interval`;
  const excess = hasExcess(rows) ? rows : null;
  return [
    kind ? `${title}, and its excess over ${describeNullModel(kind, nullDraws)}` : title,
    line([
      ...["step", "alpha_0", "width", "E", "low", "high", "samples"],
      ...excess ? ["E_null", "excess", "low", "high", "p"] : [],
      "status",
    ]),
    ...rows.map(({ step, alpha0, width, E, eLow, eHigh, samplesKept, status }, i) =>
      line([
        ...[`${step}`, ...[alpha0, width, E, eLow, eHigh].map(shown), `${samplesKept}`],
        ...excess ? excessCells(excess[i]!) : [],
        status,
      ])
    ),
  ];
}

function excessCells({ eNull, excess, excessLow, excessHigh, pValue }: ExcessRow): string[] {
  return [eNull, excess, excessLow, excessHigh, pValue].map(shown);
}

function describeNullModel(kind: NullKind, draws: number): string {
  return `${draws} ${draws === 1 ? "draw" : "draws"} of the null model ${kind}`;
}

function shown(value: number): string {
  if (Number.isNaN(value)) return "–";
  return (Math.abs(value) < 0.00005 ? 0 : value).toFixed(4);
}
