/** Units parted into tasks: what one measurer takes at a time, brought close by and claimed. */
import type { Claim } from "./claim.ts";
import type { MeasureUnitsOptions } from "./measure_units.ts";
import type { Unit } from "./unit.ts";

/** Units of one checkpoint or null model that one measurer takes at a time, with the claims on them. */
export interface UnitTask {
  /** The units. */
  readonly units: readonly Unit[];
  /** The claims, to be ended when the units are done with. */
  readonly claims: readonly Claim[];
}

/**
 * The tasks: step after step, a step's checkpoint and then its null models, and of each as few as keep everybody at work,
 * since neighbours share what is read.
 */
export async function* tasksFor(
  units: readonly Unit[],
  measurers: number,
  { source, store, plan: { choices }, onUnit }: MeasureUnitsOptions,
): AsyncGenerator<UnitTask, void, void> {
  const steps = [...Map.groupBy(units, ({ step }) => step).values()];
  const networks = steps.flatMap((step) =>
    [...Map.groupBy(step, ({ nullModel }) => nullModel?.draw).values()]
      .map((units, place) => ({ units, rest: place === 0 ? step.slice(units.length) : [] }))
  );
  const inNetwork = Math.max(1, Math.ceil(2 * measurers / Math.max(1, networks.length)));
  const elsewhere: Unit[] = [];
  const claimed = async (unit: Unit, wait: boolean): Promise<Claim | null> => {
    const claim = await store.claim(unit, { wait });
    if (claim === null) elsewhere.push(unit);
    else if (await store.has(unit).catch(() => false)) {
      claim[Symbol.dispose]();
      onUnit(unit, 0);
    } else return claim;
    return null;
  };
  for (const { units, rest } of networks) {
    // Samples share rows, which are brought for all of them together; layers share none.
    const together = choices.sampling === null ? 1 : units.length;
    for (let i = 0; i < units.length; i += together) {
      const own: { unit: Unit; claim: Claim }[] = [];
      try {
        for (const unit of units.slice(i, i + together)) {
          const claim = await claimed(unit, false);
          if (claim) own.push({ unit, claim });
        }
        const wanted = own.map(({ unit }) => unit);
        // What the step's null models need besides comes along.
        if (choices.sampling !== null && wanted.length > 0) wanted.push(...rest);
        await source.bring(wanted, choices);
        const size = measurers === 1 ? together : Math.ceil(own.length / inNetwork);
        while (own.length > 0) yield taskOf(own.splice(0, size));
      } finally {
        for (const { claim } of own) claim[Symbol.dispose]();
      }
    }
  }
  for (const unit of [...elsewhere]) {
    const claim = await claimed(unit, true);
    if (claim === null) continue;
    await source.bring([unit], choices);
    yield taskOf([{ unit, claim }]);
  }
}

function taskOf(claimed: readonly { unit: Unit; claim: Claim }[]): UnitTask {
  return {
    units: claimed.map(({ unit }) => unit),
    claims: claimed.map(({ claim }) => claim),
  };
}
