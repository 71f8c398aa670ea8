import assert from "node:assert/strict";
import { relativeLogRadii } from "../../lib/multifractal/relative_log_radii.ts";
import { allClose, readGolden } from "../golden/golden.ts";

Deno.test("relativeLogRadii() gives the published code's abscissas", () => {
  const { x, radii } = readGolden<{ x: number[]; radii: number[] }>(
    "intermediates_h128_step143000_s0",
  );
  allClose(relativeLogRadii(Float64Array.from(radii)), x, 1e-15, "ln(r/d)");
});

Deno.test("relativeLogRadii() ends at exactly 0", () => {
  assert.equal(relativeLogRadii(Float64Array.of(0.1, 0.3, 149.7)).at(-1), 0);
});
