import assert from "node:assert/strict";
import {
  drawnVariants,
  emergenceVariantsFigure,
} from "../../../lib/figures/emergence/emergence_variants.ts";
import { emergenceRow, emergenceRow as row } from "../tables.ts";

Deno.test("emergenceVariantsFigure() names each reading at the end of its line, in colours of their own", () => {
  const variants = ["threshold 150", "threshold 20"].map((name, i) => (
    { name, rows: [row(0, 0), row(64, 0.2 * i)] }
  ));
  const { svg } = emergenceVariantsFigure("toy", variants);
  const fills = variants.map(({ name }) =>
    svg.match(new RegExp(`fill="(#\\w+)"[^>]*>(?:<text[^>]*>)?${name}<`))?.[1]
  );
  assert.equal(new Set(fills).size, 2);
  assert.match(svg, /toy: degree of emergence under 2 readings/);
  assert.equal(emergenceVariantsFigure("toy", variants).svg, svg);
});

Deno.test("emergenceVariantsFigure() names a line that ends early where it ends", () => {
  const variants = [
    { name: "long", rows: [row(0, 0), row(4096, 0.2)] },
    { name: "short", rows: [row(0, 0), row(64, 0.1)] },
  ];
  const { svg } = emergenceVariantsFigure("toy", variants);
  const place = (name: string) =>
    Number(svg.match(new RegExp(`translate\\(([\\d.]+),[\\d.]+\\)"[^>]*>${name}<`))![1]);
  assert.ok(place("short") < place("long") - 100, `${place("short")} ${place("long")}`);
});

Deno.test("emergenceVariantsFigure() refuses a reading without any E, by its name", () => {
  const rows = [row(0, NaN)];
  assert.throws(
    () => emergenceVariantsFigure("toy", [{ name: "filtered", rows }]),
    /filtered of toy has no step with an E to draw; see the statuses/,
  );
});

Deno.test("emergenceVariantsFigure() says what it is told to in place of its own words", () => {
  const variants = [{ name: "here", rows: [row(0, 0), row(64, 0.2)] }];
  const words = { title: "Ours beside the published curve", caption: "Two models." };
  const { svg, caption } = emergenceVariantsFigure("toy", variants, words);
  assert.match(svg, /Ours beside the published curve/);
  assert.equal(caption, "Two models. Bands: 95 % interval over samples.");
});

const rows = [emergenceRow(0, 0), emergenceRow(8, NaN), emergenceRow(64, 0.2)];

Deno.test("drawnVariants() leaves out rows without an E and gives every reading a colour", () => {
  const [one, two] = drawnVariants("toy", [{ name: "one", rows }, { name: "two", rows }]);
  assert.deepEqual(one!.drawn.map(({ step }) => step), [0, 64]);
  assert.equal(two!.name, "two");
  assert.notEqual(one!.color, two!.color);
});

Deno.test("drawnVariants() refuses a reading without any E by its name", () => {
  assert.throws(
    () => drawnVariants("toy", [{ name: "none", rows: rows.slice(1, 2) }]),
    /^RangeError: none of toy has no step with an E to draw; see the statuses$/,
  );
});
