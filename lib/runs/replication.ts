/** How far measured values of E are from the published points. */

import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import { correlationCoefficient } from "../statistics/correlation_coefficient.ts";
import type { PublishedEmergence } from "./published_emergence.ts";

/** A way of measuring a model, and the E that it gives. */
export interface ReplicationReading {
  /** What tells it from other readings, such as `32 neurons, threshold 150`. */
  readonly name: string;
  /** The model that was measured. */
  readonly model: string;
  /** Its table of E. */
  readonly rows: readonly EmergenceRow[];
}

/** Whether a published point lies in the interval of the measured E, and if there is no answer, why. */
export type ReplicationVerdict =
  | "within"
  | "measured higher"
  | "measured lower"
  | "no interval"
  | "no E"
  | "not measured"
  | "another model";

/** One published point beside what one reading gives at its step. */
export interface ReplicationRow {
  /** The name of the reading. */
  readonly reading: string;
  /** The model that was measured. */
  readonly measured: string;
  /** The model that was published. */
  readonly published: string;
  /** The training step. */
  readonly step: number;
  /** The published E. */
  readonly publishedE: number;
  /** How far the reading of the figure may be off. */
  readonly precision: number;
  /** Name of the authors' figure. */
  readonly source: string;
  /** The measured E; `null` where there is none. */
  readonly E: number | null;
  /** Lower end of its interval; `null` where there is none. */
  readonly eLow: number | null;
  /** Upper end of its interval; `null` where there is none. */
  readonly eHigh: number | null;
  /** Measured minus published; `null` where there is no E. */
  readonly difference: number | null;
  /** Whether the published point, within its precision, lies in the interval. */
  readonly verdict: ReplicationVerdict;
}

/** How far one reading is from the published points. */
export interface ReplicationSummary {
  /** The name of the reading. */
  readonly reading: string;
  /** The model that was measured. */
  readonly measured: string;
  /** The model that was published. */
  readonly published: string;
  /** Published points after step 0 at which there is a measured E. */
  readonly points: number;
  /** How many of them lie in the interval; `null` where another model was measured. */
  readonly within: number | null;
  /** Mean of measured minus published; `null` without a point. */
  readonly meanDifference: number | null;
  /** The largest distance; `null` without a point. */
  readonly largestDistance: number | null;
  /** Spearman's correlation of measured and published E; `null` where it has none. */
  readonly spearman: number | null;
}

/**
 * Compare readings of a model with the published points of its curve (Xiao et al., ICLR 2025, arXiv 2402.09099). Step 0 is
 * left out: E is 0 there by definition.
 *
 * @returns A row for each reading and point, readings in their order.
 * @throws {RangeError} If there is no point to compare with.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { publishedEmergence, replication } from "neuromfa/runs";
 *
 * const { model, rows } = await measure("suite:nano-64", { samples: 2, steps: [0, 512] });
 * const points = await publishedEmergence("pythia-1.4b-deduped");
 * const table = replication([{ name: "threshold 150", model, rows }], points);
 * assert.equal(table.length, 26);
 * assert.ok(table.every(({ E, verdict }) => verdict === (E === null ? "not measured" : "another model")));
 * ```
 */
export function replication(
  readings: readonly ReplicationReading[],
  published: readonly PublishedEmergence[],
): ReplicationRow[] {
  const points = published.filter(({ step }) => step !== 0);
  if (points.length === 0) {
    throw new RangeError(
      "there is no published point after step 0 to compare with; publishedEmergence gives those of a model",
    );
  }
  return readings.flatMap(({ name, model, rows }) =>
    points.map((point) => {
      const row = rows.find(({ step }) => step === point.step);
      const E = numberOrNull(row?.E);
      return Object.freeze({
        ...{ reading: name, measured: model, published: point.model, step: point.step },
        ...{ publishedE: point.E, precision: point.precision, source: point.source, E },
        ...{ eLow: numberOrNull(row?.eLow), eHigh: numberOrNull(row?.eHigh) },
        difference: E === null ? null : E - point.E,
        verdict: verdictOn(point, row, model),
      });
    })
  );
}

/**
 * Say for each reading how far it is from the published points, in E and in rank order.
 *
 * @param rows What {@linkcode replication} gives.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { replication, replicationSummary } from "neuromfa/runs";
 *
 * const at = (step: number, E: number) => ({ step, E, model: "toy", precision: 0.001, source: "a figure" });
 * const measured = (step: number, E: number) => (
 *   { step, E, eLow: E - 0.01, eHigh: E + 0.01, alpha0: 1, width: 1, samplesKept: 2, status: "ok" }
 * );
 * const rows = [measured(1, 0.1), measured(2, 0.3)];
 * const table = replication([{ name: "a reading", model: "toy", rows }], [at(1, 0.105), at(2, 0.2)]);
 * const [summary] = replicationSummary(table);
 * assert.deepEqual([summary!.points, summary!.within, summary!.spearman!.toFixed(6)], [2, 1, "1.000000"]);
 * ```
 */
export function replicationSummary(rows: readonly ReplicationRow[]): ReplicationSummary[] {
  return [...Map.groupBy(rows, ({ reading }) => reading)].map(([reading, own]) => {
    const compared = own.filter(({ difference }) => difference !== null);
    const differences = compared.map(({ difference }) => difference!);
    const others = own.some(({ verdict }) => verdict === "another model");
    const spearman = correlationCoefficient({
      x: Float64Array.from(compared, ({ publishedE }) => publishedE),
      y: Float64Array.from(compared, ({ E }) => E!),
      control: null,
    }, "spearman");
    const some = compared.length > 0;
    return Object.freeze({
      ...{ reading, measured: own[0]!.measured, published: own[0]!.published },
      points: compared.length,
      within: others ? null : own.filter(({ verdict }) => verdict === "within").length,
      meanDifference: some
        ? differences.reduce((sum, one) => sum + one, 0) / compared.length
        : null,
      largestDistance: some ? Math.max(...differences.map(Math.abs)) : null,
      spearman: numberOrNull(spearman),
    });
  });
}

function verdictOn(
  point: PublishedEmergence,
  row: EmergenceRow | undefined,
  model: string,
): ReplicationVerdict {
  if (row === undefined) return "not measured";
  if (model !== point.model) return "another model";
  if (Number.isNaN(row.E)) return "no E";
  if (Number.isNaN(row.eLow)) return "no interval";
  if (row.eLow > point.E + point.precision) return "measured higher";
  return row.eHigh < point.E - point.precision ? "measured lower" : "within";
}

function numberOrNull(value = NaN): number | null {
  return Number.isNaN(value) ? null : value;
}
