import assert from "node:assert/strict";
import type { ExcessRow } from "../../../lib/emergence/excess_emergence.ts";
import { excessFigure } from "../../../lib/figures/emergence/excess.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { emergenceRow } from "../tables.ts";

const row = (step: number, E: number, eNull: number, pValue: number): ExcessRow => ({
  ...emergenceRow(step, E),
  ...{ eNull, eNullLow: eNull - 0.02, eNullHigh: eNull + 0.02 },
  ...{ excess: E - eNull, excessLow: E - eNull - 0.01, excessHigh: E - eNull + 0.01 },
  ...{ pValue, nullDraws: 20 },
});
const rows = [row(0, 0, 0, 1), row(16, 0.1, 0.08, 0.3), row(1000, 0.25, 0.1, 1 / 21)];
const draw = (of = rows) => excessFigure(of, { model: "nano-8", kind: "permute" });

Deno.test("excessFigure() names both lines and the null model, and says what it keeps", () => {
  const figure = draw();
  const texts = drawnTexts(figure);
  for (
    const text of [
      "nano-8: E against the null model “permute”",
      "E",
      "null model",
      "excess",
      "↑ degree of emergence E",
      "↑ excess E − E_null",
    ]
  ) assert.ok(texts.includes(text), text);
  assert.match(
    figure.caption,
    /“permute” \(20 draws\): the weights inside each matrix in random places/,
  );
});

Deno.test("excessFigure() fills the dots of steps with a small p value and tells the least there can be", () => {
  const filled = (of: typeof rows) =>
    draw(of).svg.match(/fill="#444"[^>]*><\/circle>|<circle[^>]*fill="#444"/g);
  assert.equal(filled(rows)!.length, 1);
  assert.equal(filled(rows.slice(0, 2)), null);
  assert.match(
    draw().caption,
    /p ≤ 0\.05, each step by itself; the smallest that 20 draws allow is 0\.048/,
  );
});

Deno.test("excessFigure() of one draw says that there is no p value, and draws what has no interval", () => {
  const single = rows.map((one) => ({
    ...one,
    ...{ eLow: NaN, eHigh: NaN, eNullLow: NaN, eNullHigh: NaN },
    ...{ excessLow: NaN, excessHigh: NaN, pValue: NaN, nullDraws: 1 },
  }));
  const figure = draw(single);
  assert.match(figure.caption, /\(1 draw\).*One draw has no p value/);
  assert.doesNotMatch(figure.svg, /NaN/);
});

Deno.test("excessFigure() tells how many steps have an excess, and refuses a table with none", () => {
  const lost = { ...row(2000, NaN, NaN, NaN), status: "none of 2 samples kept" };
  assert.match(draw([...rows, lost]).caption, /3 of 4 steps have an excess\./);
  assert.doesNotMatch(draw().caption, /steps have an excess/);
  assert.throws(() => draw([lost]), /nano-8 has no step with an excess to draw; see the statuses/);
  assert.equal(draw().svg, draw().svg);
});
