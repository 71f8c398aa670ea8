/** The plan of a run: everything that its tables are made of, known before anything is measured. */

import type { NeuronLayer } from "../../architectures/architecture.ts";
import type { DuplicateSteps } from "../../checkpoints/duplicate_steps.ts";
import type { NfdRecord, RunOrigin } from "../stored_records.ts";
import type { RunRecord } from "../run_record.ts";
import type { NullDraw, Unit, UnitChoices, UnitPart } from "./unit.ts";
import type { Shard } from "../../options/values.ts";
import { MEASURING } from "./measuring.ts";

/** A part that is measured of every checkpoint. */
export interface PlannedPart extends UnitPart {
  /** How much work it is, compared with the others. */
  readonly weights: number;
}

/** What a run measures, and the tables that come of it; as JSON it is kept beside the units, for merging. */
export interface RunPlan extends Pick<RunRecord, "model" | "checkpoints" | "versions"> {
  /** All layers of the model. */
  readonly layers: readonly NeuronLayer[];
  /** Groups of steps that hold the same weights. */
  readonly duplicates: readonly DuplicateSteps[];
  /** The parts measured of each checkpoint. */
  readonly parts: readonly PlannedPart[];
  /** Every choice that decides a unit. */
  readonly choices: UnitChoices;
  /** What the tables of E will say they were made from; `null` where none are made. */
  readonly emergence: RunRecord | null;
  /** What the tables of node fractal dimensions will say they were made from; `null` where none are made. */
  readonly nodes: NfdRecord | null;
  /** What the run was found by, where that was a name; it changes no number, and two plans that differ in it are the same. */
  readonly source?: RunOrigin;
}

/** Each unit is a file, and is held as an object of some hundred bytes. */
const MOST_UNITS = 2_000_000;

/** Refuse a plan of more than two million units, which multiply from a few numbers. */
export function checkUnits({ model, checkpoints, parts, emergence }: RunPlan): void {
  const draws = emergence?.options.nullDraws ?? 0;
  const units = checkpoints.length * parts.length * (1 + draws);
  if (units <= MOST_UNITS) return;
  const nullDraws = draws === 0 ? "" : `, each also for ${draws} draws of the null model`;
  throw new RangeError(
    `${model} with ${checkpoints.length} steps of ${parts.length} parts${nullDraws} has ${units} networks to measure, ` +
      `more than ${MOST_UNITS}; ask for fewer steps, samples or draws`,
  );
}

/** All units of a plan, checkpoint by checkpoint: its own, then those of each draw of its null model. */
export function unitsOf(plan: RunPlan): Unit[] {
  checkUnits(plan);
  const draws = [null, ...nullDrawsOf(plan)];
  return plan.checkpoints.flatMap(({ step, sha256 }) =>
    draws.flatMap((nullModel) =>
      plan.parts.map(({ kind, index }) => ({ step, sha256, part: { kind, index }, nullModel }))
    )
  );
}

/** Reads the units of a step, one value for each. */
export type ReadStep = (units: readonly Unit[]) => Promise<readonly unknown[]>;

/** The units of each step, in the plan's order: those of the checkpoints themselves, or of a draw of their null model. */
export function unitsByStep(
  plan: RunPlan,
  draw: number | null = null,
): { step: number; units: Unit[] }[] {
  const own = unitsOf(plan).filter(({ nullModel }) => (nullModel?.draw ?? null) === draw);
  return [...Map.groupBy(own, ({ step }) => step)].map(([step, units]) => ({ step, units }));
}

/** The draws of the null model that a plan's E is compared with; none where it is compared with none. */
export function nullDrawsOf({ emergence, checkpoints }: RunPlan): NullDraw[] {
  if (emergence === null) return [];
  const { null: kind, nullDraws: draws, nullSeed: seed = 0 } = emergence.options;
  if (kind === undefined) return [];
  return Array.from({ length: draws! }, (_, draw) => ({
    ...{ kind, draw, seed },
    ...kind === "rescale" && { untrained: checkpoints.find(({ step }) => step === 0)!.sha256 },
  }));
}

/** What decides one of a plan's units: of a null model nobody asks for more than its spectrum. */
export function choicesOf({ choices }: RunPlan, { nullModel }: Unit): UnitChoices {
  return nullModel === null ? choices : { ...choices, nodes: null };
}

/** Everything that decides one of a plan's units, as text: two units with the same key are the same. */
export function keyOf(plan: RunPlan, unit: Unit): string {
  const { versions } = plan, choices = choicesOf(plan, unit);
  const { sha256, part: { kind, index }, nullModel } = unit;
  return JSON.stringify({
    measuring: MEASURING,
    versions,
    choices,
    sha256,
    part: { kind, index },
    nullModel,
  });
}

/**
 * The units of one shard, shared out by their work in the plan's order: neighbours read the same
 * rows. Samples with all edges take one reading of their network's file, however many they are, so
 * a network is divided only where there are fewer networks than shards.
 */
export function unitsOfShard(plan: RunPlan, { index, count }: Shard): Unit[] {
  return unitsByShard(plan, count)[index - 1]!;
}

/** The units of each of so many shards. */
export function unitsByShard(plan: RunPlan, count: number): Unit[][] {
  const { parts, checkpoints, choices: { sampling } } = plan;
  const networks = checkpoints.length * (1 + nullDrawsOf(plan).length);
  const isWhole = sampling?.edges === "all" && networks >= count;
  const ofNetwork = parts.reduce((sum, { weights }) => sum + weights, 0);
  const shards: Unit[][] = Array.from({ length: count }, () => []);
  let before = 0;
  for (const [place, unit] of unitsOf(plan).entries()) {
    const { weights } = parts[place % parts.length]!;
    // The shard that the middle of its work falls into; halves are exact in doubles.
    const middle = isWhole ? Math.floor(place / parts.length) + 0.5 : before + weights / 2;
    before += weights;
    const all = isWhole ? networks : ofNetwork * networks;
    shards[Math.min(count - 1, Math.floor(middle * count / all))]!.push(unit);
  }
  return shards;
}
