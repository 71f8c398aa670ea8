import assert from "node:assert/strict";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { checkAnalysisOptions } from "../../lib/runs/check_analysis_options.ts";

Deno.test("checkAnalysisOptions() lets the published and the corrected options pass", () => {
  checkAnalysisOptions(analysisOptions());
  checkAnalysisOptions(analysisOptions({ convention: "reference", threshold: { medians: 0.5 } }));
});

Deno.test("checkAnalysisOptions() refuses every option that is out of range, with its value", () => {
  const options = analysisOptions();
  const cases = [
    [{ samples: 0 }, /^samples must be an integer from 1 to 10000, but it is 0$/],
    [{ samples: 1e9 }, /^samples must be an integer from 1 to 10000, but it is 1000000000$/],
    [{ layerSample: 2.5 }, /^layerSample must be an integer from 1 to 1000000, but it is 2\.5$/],
    [
      { layerSample: 1e9 },
      /^layerSample must be an integer from 1 to 1000000, but it is 1000000000$/,
    ],
    [
      { threshold: 1e9 },
      /^threshold 1000000000 at 0 digits has more than 16777216 rounded lengths/,
    ],
    [{ digits: 6 }, /^threshold 150 at 6 digits has more than 16777216 rounded lengths; lower one/],
    [{ digits: 30 }, /^digits must be an integer from 0 to 9, but it is 30; 0 is/],
    [
      { q: { min: -3, max: 3, step: 1e-9 } },
      /q grid -3:3:1e-9 has 6000000001 orders, more than 10001/,
    ],
    [{ radii: { min: 1, max: 150, step: 1e-6 } }, /has 149000001 radii, more than 10001/],
    [{ threshold: 1 }, /^threshold must be a finite number above 1, but it is 1; 150/],
    [{ threshold: Infinity }, /^threshold must be a finite number above 1, but it is Infinity/],
    [{ threshold: { medians: 0 } }, /^medians must be a finite number above 0, but it is 0$/],
    [{ digits: 10 }, /^digits must be an integer from 0 to 9, but it is 10/],
    [{ q: { min: 3, max: 1, step: 1 } }, /q grid 3:1:1 does not ascend/],
    [{ filterTolerance: -1 }, /^filterTolerance must be 0 or more, but it is -1$/],
    [{ filterTolerance: NaN }, /^filterTolerance must be 0 or more, but it is NaN$/],
    [{ radii: { min: 150, max: 5 } }, /range of radii 150:5:1 does not ascend/],
    [{ radii: { min: 0, max: 5 } }, /smallest radius must be above 0, but it is 0/],
    [{ radii: { min: 5, max: 151 } }, /^the radii 5 to 151 go beyond the threshold 150, up to/],
    [
      { nullModel: { kind: "permute", draws: 0, seed: 0 } },
      /^the draws of a null model must be an integer from 1 to 100000, but they are 0; 20 is/,
    ],
    [
      { nullModel: { kind: "permute", draws: 2, seed: -1 } },
      /seed .* integer from 0, but it is -1/,
    ],
    [
      { nullModel: { kind: "rescale", draws: 2, seed: 0 } },
      /^the null model "rescale" has nothing to draw, so it has 1 draw, not 2; leave the number out$/,
    ],
    [
      { nullModel: { kind: "permute", draws: 1e9, seed: 0 } },
      /^the draws of a null model must be an integer from 1 to 100000, but they are 1000000000; 20/,
    ],
    [{ nfdThreshold: -5 }, /^nfdThreshold must be a finite number above 0, but it is -5; 200/],
  ] as const;
  for (const [changed, message] of cases) {
    const refusal = { name: "RangeError", message };
    assert.throws(() => checkAnalysisOptions({ ...options, ...changed }), refusal);
    assert.throws(() => analysisOptions(changed), refusal);
  }
});
