import assert from "node:assert/strict";
import { emergenceLines } from "../../lib/cli/print_emergence.ts";

Deno.test("emergenceLines() lines up the columns under a title, missing values as dashes", () => {
  const rows = [
    {
      ...{ step: 0, alpha_0: 1.98764, width: 0.5, E: 0, E_low: -0.00001, E_high: 0 },
      ...{ samples_kept: 10, status: "ok" },
    },
    {
      ...{ step: 143000, alpha_0: 1.5, width: 12.25, E: -0.12345, E_low: NaN, E_high: NaN },
      ...{ samples_kept: 1, status: "no interval: 1 sample kept" },
    },
  ];
  assert.deepEqual(emergenceLines("nano-8", rows), [
    "nano-8: degree of emergence E with its 95 % interval",
    "    step   alpha_0     width         E       low      high   samples status",
    "       0    1.9876    0.5000    0.0000    0.0000    0.0000        10 ok",
    "  143000    1.5000   12.2500   -0.1235         –         –         1 no interval: 1 sample kept",
  ]);
});
