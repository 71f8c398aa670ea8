/** What a measurement in memory had measured when a signal stopped it, for the next one to go on with. */

/** Units as the bytes of the files that they would be, by their step and what decided them. */
export type UnitsInMemory = Map<string, Uint8Array>;

/** Those of the last measurement that was stopped: of one alone, so that memory does not fill. */
let left: UnitsInMemory = new Map();

/** The units that the last stopped measurement left. */
export function stoppedUnits(): ReadonlyMap<string, Uint8Array> {
  return left;
}

/** Keep the units of a measurement that was stopped, in place of those kept before. */
export function keepStopped(units: UnitsInMemory): void {
  if (units.size > 0) left = units;
}

/** Forget what is kept once a measurement that took some of it has come to its end. */
export function forgetStopped(units: UnitsInMemory): void {
  for (const [place, bytes] of left) {
    if (units.get(place) !== bytes) continue;
    left = new Map();
    return;
  }
}
