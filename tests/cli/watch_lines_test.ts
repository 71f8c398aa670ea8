import assert from "node:assert/strict";
import { changedRows, watchLine } from "../../lib/cli/watch_lines.ts";

const row = {
  ...{ step: 512, alpha0: 1.98764, width: 0.5, E: -0.12345, eLow: -0.2, eHigh: -0.00001 },
  ...{ samplesKept: 10, status: "ok" },
};

Deno.test("watchLine() has what was measured of a step, and the scores of that step", () => {
  const scores = [
    { step: 512, metric: "eval_loss", value: 2.5, stderr: null, higherIsBetter: false },
    { step: 1024, metric: "eval_loss", value: 2.25, stderr: null, higherIsBetter: false },
  ];
  assert.equal(
    watchLine(row, scores),
    "step 512: alpha_0 1.9876, width 0.5000, E -0.1235 [-0.2000, 0.0000], eval_loss 2.5000",
  );
});

Deno.test("watchLine() has dashes for what is missing, the status that says why, and the excess", () => {
  const nothing = { ...row, E: NaN, eLow: NaN, eHigh: NaN, status: "no step 0" };
  assert.equal(
    watchLine(nothing, []),
    "step 512: alpha_0 1.9876, width 0.5000, E – (no step 0)",
  );
  const null_ = { eNull: -0.1, eNullLow: -0.2, eNullHigh: 0, pValue: 0.25, nullDraws: 3 };
  const excess = { ...row, ...null_, excess: -0.02, excessLow: -0.1, excessHigh: 0.06 };
  assert.match(
    watchLine(excess, []),
    /, excess -0\.0200 \[-0\.1000, 0\.0600\] p 0\.2500$/,
  );
});

Deno.test("changedRows() gives each row once, and again when it says something else", () => {
  const said = new Map<number, string>();
  assert.deepEqual(changedRows([row], said), [row]);
  assert.deepEqual(changedRows([row], said), []);
  const other = { ...row, E: -0.2 };
  assert.deepEqual(changedRows([other, { ...row, step: 1024 }], said).map(({ step }) => step), [
    ...[512, 1024],
  ]);
});
