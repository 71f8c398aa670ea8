import assert from "node:assert/strict";
import { calibrationFigure } from "../../../lib/figures/emergence/calibration.ts";

const row = (name: string, share: number) => ({
  ...{ name, claim: "interval" as const, trials: 500, share, withheld: 0 },
  ...{ noted: 0, shareUnnoted: share },
  ...{ least: 0.92, most: 0.98, status: "ok" },
});

Deno.test("calibrationFigure() has a dot for each case and way, and leaves out cases without an interval", () => {
  const { svg, caption } = calibrationFigure([
    { name: "new", rows: [row("a", 0.95), row("b", 0.96), row("none", NaN)] },
    { name: "old", rows: [row("a", 0.7), row("b", 0.8)] },
  ]);
  assert.equal(svg.match(/<circle/g)!.length, 4);
  assert.doesNotMatch(svg, /NaN|>none</);
  assert.match(caption, /500 or fewer of each case.*Grey: 92 to 98 %/);
});

Deno.test("calibrationFigure() refuses to draw nothing", () => {
  assert.throws(
    () => calibrationFigure([{ name: "new", rows: [row("a", NaN)] }]),
    { message: "there is no case with an interval to draw; simulate one or more" },
  );
});
