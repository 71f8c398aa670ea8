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

Deno.test("emergenceLines() shows the excess over a null model and its p value", () => {
  const row = {
    ...{
      step: 512,
      alpha_0: 0.75,
      width: 0.5,
      E: 0.02,
      E_low: 0.01,
      E_high: 0.03,
      samples_kept: 2,
    },
    ...{ E_null: 0.015, E_null_low: 0.01, E_null_high: 0.02, excess: 0.005, excess_low: 0.001 },
    ...{ excess_high: 0.009, p_value: 0.25, null_draws: 3, status: "ok" },
  };
  const nullModel = { kind: "permute", draws: 3, seed: 0 } as const;
  assert.deepEqual(emergenceLines("nano-8", [row], { nullModel }), [
    "nano-8: degree of emergence E with its 95 % interval, and its excess over 3 draws of the null model permute",
    "    step   alpha_0     width         E       low      high   samples    E_null    excess       low      high         p status",
    "     512    0.7500    0.5000    0.0200    0.0100    0.0300         2    0.0150    0.0050    0.0010    0.0090    0.2500 ok",
  ]);
  assert.equal(
    emergenceLines("nano-8", [{ ...row, p_value: NaN }], {
      ...{ network: "full", nullModel: { kind: "rescale", draws: 1, seed: 0 } },
    })[0],
    "nano-8: degree of emergence E of the full network, and its excess over 1 draw of the null model rescale",
  );
});
