import assert from "node:assert/strict";
import { drawnVariants } from "../../lib/figures/drawn_variants.ts";
import { emergenceRow } from "./tables.ts";

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
