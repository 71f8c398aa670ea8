/** What an analysis has come to, in lines for a terminal. */

import { join } from "node:path";
import { sampleWords } from "../multifractal/spectra_tables.ts";
import { type AnalysisOptions, samplesOf } from "../runs/analysis_options.ts";
import { hasExcess, tablePaths } from "../runs/tables.ts";
import { shellWord } from "./shell_word.ts";
import type { Rerun } from "../runs/rerun.ts";
import type { AnalyzedRun } from "../runs/units/write_tables.ts";
import type { Shard } from "../options/values.ts";
import { unitsFolder } from "../runs/units/unit_store.ts";
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import type { ExcessRow } from "../emergence/excess_emergence.ts";
import type { RunRecord } from "../runs/run_record.ts";

/** What E is, and where the tables are. */
export function tableLines(run: AnalyzedRun, out: string): string[] {
  const { plan: { model, emergence: record }, emergence, nodes } = run;
  const place = (path: string, skipped: boolean) =>
    skipped ? `${path} was there, of the same checkpoints and options` : `wrote ${path}`;
  const lines = emergence
    ? [
      ...networkLines(record!),
      ...emergenceLines(model, emergence.tables.emergence, record!.options),
    ]
    : [];
  if (emergence) lines.push(place(tablePaths(out, model).emergence, emergence.skipped));
  if (nodes) lines.push(...dimensionlessLine(run), place(join(out, "nfd", model), nodes.skipped));
  return lines;
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
    `no neuron of ${model} can have a fractal dimension at ${without[0]}${others}: it takes more ` +
    `than ${options.minimumEdges} learned edges, and the tables give the status of each ` +
    `neuron${advice}`,
  ];
}

/** What a part of a run has come to, and what is left to do. */
export function shardLine(
  { index, count }: Shard,
  { plan: { model }, units }: AnalyzedRun,
  out: string,
): string {
  const { total, missing } = units;
  const there = `${total - missing} of ${total} units are in ${unitsFolder(out, model)}`;
  const [when, from] = missing === 0
    ? ["", ""]
    : ["when the other parts are too, ", " (--from names the folders where there are several)"];
  return `part ${index} of ${count} of ${model} is measured: ${there}; ${when}` +
    `deno task neuromfa merge --out ${shellWord(out)} writes the tables${from}`;
}

/** Names that are listed in a line; of more, the rest is counted. */
const MOST_NAMES = 8;

/** What a repeated run has come to: what could not be compared, and whether the tables are the same bytes. */
export function rerunLines(
  { model, same, different, absent }: Rerun,
): { readonly notes: readonly string[]; readonly verdict: string } {
  const list = (files: readonly string[]) =>
    files.length <= MOST_NAMES
      ? files.join(", ")
      : `${files.slice(0, MOST_NAMES).join(", ")} and ${files.length - MOST_NAMES} more`;
  // Digests are recorded of the tables of E alone.
  const isRecorded = (file: string) => !file.startsWith("nfd_");
  const groups = [
    ["repeated with the digest that run.json recorded", absent.filter(isRecorded)],
    ["not recorded, so nothing is compared", absent.filter((file) => !isRecorded(file))],
  ] as const;
  const notes = groups.filter(([, files]) => files.length > 0)
    .map(([what, files]) => `not there, and ${what}: ${list(files)}`);
  const count = same.length + different.length;
  const verdict = different.length > 0
    ? `${different.length} of ${count} tables of ${model} are not the same bytes: ${
      list(different)
    }`
    : same.length === 0
    ? `no table of ${model} is there to be compared`
    : `all ${count} tables of ${model}${
      absent.length > 0 ? " that are there" : ""
    } are the same bytes`;
  return { notes, verdict };
}

/** What is left of a run that was stopped. */
export function stoppedLine(model: string, folder: string): string {
  return `stopped; what was measured of ${model} is in ${folder}, and the same command goes on from there`;
}

/** Lines that show E over training: a title, a header, a line a step; columns that a run has not are left out. */
export function emergenceLines(
  model: string,
  rows: readonly EmergenceRow[] | readonly ExcessRow[],
  { network, null: kind, nullDraws: draws = 1, baseline = 0 }: Partial<AnalysisOptions> = {},
): string[] {
  const line = ([step, ...cells]: readonly string[]) =>
    [step!.padStart(8), ...cells.slice(0, -1).map((cell) => cell.padStart(9)), cells.at(-1)].join(
      " ",
    );
  const against = typeof baseline !== "number"
    ? " against a drawn step 0"
    : baseline === 0
    ? ""
    : ` against step ${baseline}`;
  const title = network === "full"
    ? `${model}: degree of emergence E of the full network${against}`
    : `${model}: degree of emergence E${against} with its 95 % interval`;
  const excess = hasExcess(rows) ? rows : null;
  const notes = repeatedStatuses(rows);
  const over = `${draws} ${draws === 1 ? "draw" : "draws"} of the null model ${kind}`;
  return [
    kind ? `${title}, and its excess over ${over}` : title,
    line([
      ...["step", "alpha_0", "width", "E", "low", "high", "samples"],
      ...excess ? ["E_null", "excess", "low", "high", "p"] : [],
      "status",
    ]),
    ...rows.map(({ step, alpha0, width, E, eLow, eHigh, samplesKept, status }, i) =>
      line([
        ...[`${step}`, ...[alpha0, width, E, eLow, eHigh].map(shown), `${samplesKept}`],
        ...excess ? excessCells(excess[i]!) : [],
        notes.has(status) ? `note ${[...notes.keys()].indexOf(status) + 1}` : status,
      ])
    ),
    ...[...notes].map(([status, steps], i) => `note ${i + 1}, of ${steps} steps: ${status}`),
  ];
}

/** From how many steps on a status is said once for all of them. */
const OFTEN = 3;

/** The sentences that several steps have for a status, each with how many. */
function repeatedStatuses(rows: readonly { readonly status: string }[]): Map<string, number> {
  const steps = [...Map.groupBy(rows, ({ status }) => status)]
    .map(([status, own]) => [status, own.length] as const);
  return new Map(steps.filter(([status, count]) => count >= OFTEN && status.includes(" ")));
}

function excessCells({ eNull, excess, excessLow, excessHigh, pValue }: ExcessRow): string[] {
  return [eNull, excess, excessLow, excessHigh, pValue].map(shown);
}

function shown(value: number): string {
  if (Number.isNaN(value)) return "–";
  return (Math.abs(value) < 0.00005 ? 0 : value).toFixed(4);
}
