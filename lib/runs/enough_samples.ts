/** How many samples a run needs until its E is known as exactly as is asked for. */

import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import {
  type ComparableStep,
  degreeOfEmergence,
  type EmergenceRow,
} from "../emergence/degree_of_emergence.ts";
import type { SamplesRow } from "../multifractal/spectra_tables.ts";
import type { OptionValues } from "../options/options.ts";
import type { SampledOptions } from "./analysis_options.ts";
import { type AnalyzeRunOptions, measureInMemory } from "./units/analyze_run.ts";
import { planRun } from "./units/plan_run.ts";

/** A number of samples, and why it is that. */
export interface EnoughSamples {
  /** How many. */
  readonly samples: number;
  /** The margin of E that they give, and whether it is the one asked for, in words. */
  readonly words: string;
}

/** Fewest samples that are taken: of fewer a kind of samples may stay unseen, whatever the margin says. */
const FEWEST = 10;

/** Numbers of samples are multiples of this. */
const TOGETHER = 5;

/**
 * Find how many samples bring the margin of E at the last step, half of its interval, to `margin` or below: the first of 10, 15, 20,
 * … that does, or `mostSamples`. Samples are drawn by their number, so a run of that many has the same ones. Only the
 * last step and the one it compares with are measured for it.
 *
 * @throws {Error} If the run has no step to compare the last one with, or a checkpoint cannot be measured.
 */
export async function enoughSamples(
  source: string | CheckpointRun,
  options: SampledOptions,
  access: Omit<AnalyzeRunOptions, "out" | "skipExisting" | "shard" | "keepUnits" | "onWarning">,
  { margin, mostSamples }: OptionValues<"margin" | "mostSamples">,
): Promise<EnoughSamples> {
  const alone = { ...options, null: undefined, nullDraws: undefined, nullSeed: undefined };
  const { onNetwork: _bar, ...quiet } = access;
  const { plan } = await planRun(source, { options: alone, tables: "emergence" }, quiet);
  const steps = plan.checkpoints.map(({ step }) => step), last = Math.max(...steps);
  const reference = typeof options.baseline === "number" ? options.baseline : 0;
  if (last === reference || !steps.includes(reference)) {
    throw new Error(
      `samples auto needs a step after the one that E compares with, and ${plan.model} has only ${
        steps.join(", ")
      }; give a number of samples`,
    );
  }
  const wanted = typeof options.baseline === "object" ? [last] : [reference, last];
  let samples = Math.min(FEWEST, mostSamples), row: EmergenceRow | undefined;
  for (let drawn = samples;; drawn = Math.min(2 * drawn, mostSamples)) {
    const { analyzed } = await measureInMemory(
      source,
      { options: { ...alone, samples: drawn }, tables: "emergence" },
      { ...access, steps: wanted },
    );
    const measured = analyzed.emergence!.tables.samples;
    for (; samples <= drawn; samples += TOGETHER) {
      row = lastRow(measured, samples, options);
      if (marginOf(row) <= margin) return { samples, words: inWords(samples, row, margin) };
    }
    if (drawn < mostSamples) continue;
    row = lastRow(measured, mostSamples, options);
    return { samples: mostSamples, words: inWords(mostSamples, row, margin) };
  }
}

/** E at the last step from the first samples alone. */
function lastRow(
  measured: readonly SamplesRow[],
  samples: number,
  { baseline }: SampledOptions,
): EmergenceRow {
  const own = measured.filter(({ sample }) => Number(sample) < samples);
  const steps = [...Map.groupBy(own, ({ step }) => step)].map(([step, rows]): ComparableStep => ({
    step,
    samples: rows.map(({ sample, alpha0, width, radii, filtered, status }) => ({
      sample: Number(sample),
      spectrum: alpha0 === null ? { status: "no node selected", reason: status } : {
        ...{ status: "ok", alpha0, width: width!, radii },
        // The filter mode has been applied.
        filterPass: [!filtered, !filtered, !filtered, !filtered],
      },
    })),
  }));
  const rows = degreeOfEmergence(steps, { baseline });
  return rows.reduce((latest, row) => row.step > latest.step ? row : latest);
}

/** Half of the interval of E; infinite where it has none. */
function marginOf({ eLow, eHigh }: EmergenceRow): number {
  return Number.isNaN(eLow) ? Infinity : (eHigh - eLow) / 2;
}

function inWords(samples: number, row: EmergenceRow, asked: number): string {
  const { step, status } = row, margin = marginOf(row);
  if (margin === Infinity) {
    return `${samples} samples, the most allowed: E at step ${step} has no margin (${status})`;
  }
  const found = `the margin of E at step ${step} is ${margin.toPrecision(3)}`;
  return margin <= asked
    ? `${samples} samples: ${found}, at most ${asked}`
    : `${samples} samples, the most allowed: ${found}, above ${asked}`;
}
