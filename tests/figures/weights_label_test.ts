import assert from "node:assert/strict";
import { weightsLabel } from "../../lib/figures/weights_label.ts";

Deno.test("weightsLabel() keeps three digits and names thousands, millions and billions", () => {
  assert.deepEqual([900, 30_592, 210_304, 1_200_000, 11_846_072_320].map(weightsLabel), [
    ...["900", "30.6K", "210K", "1.2M", "11.8B"],
  ]);
});
