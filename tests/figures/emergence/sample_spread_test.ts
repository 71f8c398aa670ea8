import assert from "node:assert/strict";
import { sampleSpreadFigure } from "../../../lib/figures/emergence/sample_spread.ts";
import { drawnTexts } from "../drawn_texts.ts";

const groups = [{ name: "8 neurons", values: [1, 2, 3] }, { name: "32 neurons", values: [2, 2] }];
const options = { network: "toy at step 0" };

Deno.test("sampleSpreadFigure() has a row for each way of sampling and a panel for each quantity", () => {
  const figure = sampleSpreadFigure([{ name: "α₀", groups }, { name: "width", groups }], options);
  const texts = drawnTexts(figure);
  // The names of the rows stand beside the first panel only.
  for (const text of ["8 neurons", "32 neurons", "α₀ →", "width →"]) {
    assert.equal(texts.filter((drawn) => drawn === text).length, 1, text);
  }
  assert.match(figure.caption, /one sample of neurons \(2 to 3 a row\)/);
  assert.doesNotMatch(figure.caption, /full network/);
  assert.equal(figure.svg.match(/r="2\.2"/g)!.length, 10);
});

Deno.test("sampleSpreadFigure() draws one standard deviation to each side of the mean", () => {
  const { svg } = sampleSpreadFigure([{ name: "α₀", full: 1, groups }], options);
  const bars = svg.match(/<g aria-label="rule"[^>]*stroke-width="2\.5"[^>]*>(.*?)<\/g>/s)![1]!;
  const lengths = [...bars.matchAll(/x1="([\d.]+)" x2="([\d.]+)"/g)].map(([, a, b]) =>
    Number(b) - Number(a)
  );
  const dots = svg.match(/<g aria-label="dot"[^>]*fill="#888"[^>]*>(.*?)<\/g>/s)![1]!;
  const xs = [...dots.matchAll(/cx="([\d.]+)"/g)].map(([, x]) => Number(x));
  // The values 1, 2, 3 have a standard deviation of 1, so the bar is as long as they are apart; 2, 2 have none.
  assert.ok(Math.abs(lengths[0]! - (xs[2]! - xs[0]!)) < 1e-9, `${lengths} ${xs}`);
  assert.equal(lengths[1], 0);
});

Deno.test("sampleSpreadFigure() draws the same bytes twice, and refuses values that are none", () => {
  const draw = () => sampleSpreadFigure([{ name: "α₀", full: 2.5, groups }], options).svg;
  assert.equal(draw(), draw());
  assert.throws(() => sampleSpreadFigure([], options), /no samples to draw/);
  const empty = [{ name: "none", values: [] }];
  assert.throws(
    () => sampleSpreadFigure([{ name: "E", groups: empty }], options),
    /no samples to draw/,
  );
  const none = [{ name: "none", values: [NaN, NaN] }];
  assert.throws(
    () => sampleSpreadFigure([{ name: "E", groups: none }], options),
    /no sample has a value to draw; see the statuses/,
  );
});

Deno.test("sampleSpreadFigure() leaves missing values out, and says how many", () => {
  const some = [...groups, { name: "none", values: [NaN, NaN] }, { name: "one", values: [2, NaN] }];
  const figure = sampleSpreadFigure([{ name: "E", groups: some }], options);
  assert.match(figure.caption, /3 of 9 values are missing/);
  assert.ok(drawnTexts(figure).includes("none"));
  assert.equal(figure.svg.match(/r="2\.2"/g)!.length, 6);
  assert.doesNotMatch(figure.svg, /NaN/);
});
