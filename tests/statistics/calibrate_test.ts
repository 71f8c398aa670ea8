import assert from "node:assert/strict";
import { calibrate, type CalibrationOutcome } from "../../lib/statistics/calibrate.ts";

/** A case of ten simulations with these outcomes. */
function rowOf(outcomes: readonly CalibrationOutcome[], known?: string) {
  let next = 0;
  const simulate = () => outcomes[next++]!;
  const made = { name: "a case", claim: "interval" as const, simulate };
  return calibrate([known === undefined ? made : { ...made, known }], outcomes.length)[0]!;
}
const noted = (outcome: boolean) => ({ outcome, isNoted: true });

Deno.test("calibrate() counts the answers with a note apart from those without", () => {
  const row = rowOf([noted(false), noted(true), true, true, false, null]);
  assert.deepEqual(
    [row.trials, row.share, row.noted, row.shareUnnoted],
    [5, 0.6, 1 - 3 / 5, 2 / 3],
  );
  assert.equal(row.withheld, 1 - 5 / 6);
});

Deno.test("what is known of a case holds as long as its answers without a note keep the claim", () => {
  const good = [...Array(19).fill(true), false];
  const bad = [...Array(9).fill(true), false];
  assert.equal(rowOf([...good, noted(false), noted(false)], "noted").status, "noted");
  assert.equal(rowOf([...bad, noted(false), noted(false)], "noted").status, "outside");
  assert.equal(rowOf([noted(false)], "noted").status, "noted");
  assert.equal(rowOf(bad, "known").status, "known");
  assert.equal(rowOf(good).status, "ok");
  assert.equal(rowOf(bad).status, "outside");
});
