import assert from "node:assert/strict";
import { measure } from "../../lib/runs/measure.ts";

const steps = [0, 256, 512], chosen = { steps, layerSample: 16, samples: "auto" } as const;

Deno.test("samples auto takes the fewest samples, in fives from ten, that bring the margin of E below the one asked for", async () => {
  const ten = await measure("suite:nano-32", { steps, layerSample: 16 });
  const marginOf = ({ rows }: typeof ten) => (rows.at(-1)!.eHigh - rows.at(-1)!.eLow) / 2;
  const loose = await measure("suite:nano-32", { ...chosen, margin: marginOf(ten) + 1e-9 });
  assert.deepEqual(loose.rows, ten.rows);
  assert.match(loose.enough!, /^10 samples: the margin of E at step 512 is [\d.e-]+, at most /);
  const margin = marginOf(ten) / 1.7,
    strict = await measure("suite:nano-32", { ...chosen, margin });
  const { samples } = strict.record.options as { samples: number };
  assert.ok(samples > 10 && samples % 5 === 0, `${samples}`);
  assert.ok(marginOf(strict) <= margin);
  // The same draws as a run of that many samples, and one with five fewer is not enough.
  const fixed = await measure("suite:nano-32", { steps, layerSample: 16, samples });
  assert.deepEqual(strict.rows, fixed.rows);
  const fewer = await measure("suite:nano-32", { steps, layerSample: 16, samples: samples - 5 });
  assert.ok(marginOf(fewer) > margin);
  assert.ok(`${strict}`.includes(`\n${strict.enough}\n`) && fixed.enough === null);
});

Deno.test("samples auto ends with the most samples and says so", async () => {
  const result = await measure("suite:nano-32", { ...chosen, margin: 1e-9, mostSamples: 12 });
  assert.equal(result.rows.at(-1)!.samplesKept, 12);
  assert.match(result.enough!, /^12 samples, the most allowed: the margin .* above 1e-9$/);
});

Deno.test("samples auto compares with a baseline, and leaves the null model for the run itself", async () => {
  const given = { ...chosen, steps: [256, 512], margin: 1, baseline: 256 } as const;
  const result = await measure("suite:nano-32", { ...given, null: "permute", nullDraws: 2 });
  assert.match(result.enough!, /^10 samples: the margin of E at step 512/);
  assert.equal((result.rows.at(-1) as { nullDraws?: number }).nullDraws, 2);
});

Deno.test("samples auto needs a step to compare with, and samples", async () => {
  await assert.rejects(
    measure("suite:nano-32", { ...chosen, steps: [0] }),
    /^Error: samples auto needs a step after the one that E compares with, and nano-32 has only 0;/,
  );
  await assert.rejects(
    measure("suite:nano-32", { steps, samples: "auto", network: "full" }),
    /samples is about sampled networks/,
  );
  await assert.rejects(
    measure("suite:nano-32", { steps, samples: "lots" as "auto" }),
    /samples must be an integer from 1 to 100000, or auto, but it is/,
  );
});
