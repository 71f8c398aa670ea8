import assert from "node:assert/strict";
import { join } from "node:path";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { drawNfd, type DrawNfdOptions } from "../../../lib/runs/nfd/draw_nfd.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { withoutPng } from "../../helpers/without_png.ts";
import { analyzeNfd } from "../analyze_alone.ts";

async function analyzed(out: string, samples: number, steps?: number[]) {
  const options = analysisOptions({ samples, layerSample: 8 });
  const place = { out, store: join(out, "networks") };
  await analyzeNfd("suite:nano-32", { options, ...place, steps });
}

Deno.test("drawNfd() draws from the tables on disk, the same bytes each time", () =>
  withFolder(async (out) => {
    await analyzed(out, 2, [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
    const { distribution, evolution } = await drawNfd("nano-32", {
      out,
      sample: 1,
    });
    const steps = [...distribution!.svg.matchAll(/>step ([\d,]+)</g)].map(([, step]) => step);
    assert.deepEqual(steps, ["0", "2", "4", "16", "64", "128", "512"]);
    const folder = join(out, "nfd/nano-32/figures");
    for (const [kind, figure] of Object.entries({ distribution, evolution })) {
      const path = join(folder, `nfd_${kind}_nano-32_sample1`);
      assert.equal(await Deno.readTextFile(`${path}.svg`), figure!.svg);
      assert.ok((await Deno.stat(`${path}.png`)).size > 1000);
    }
    const draw = (options: Omit<DrawNfdOptions, "out">) =>
      withoutPng(() => drawNfd("nano-32", { out, ...options }));
    const again = await draw({ sample: 1 });
    assert.equal(again.distribution!.svg, distribution!.svg);
    assert.equal(again.evolution.svg, evolution.svg);

    const one = await draw({ steps: [16] });
    assert.match(one.distribution!.svg, />step 16</);
    assert.doesNotMatch(one.distribution!.svg, />step 0</);
    const some = await draw({ steps: "0,100-600" });
    const drawn = [...some.distribution!.svg.matchAll(/>step ([\d,]+)</g)].map(([, step]) => step);
    assert.deepEqual(drawn, ["0", "128", "256", "512"]);
  }));

Deno.test("drawNfd() says which tables are missing", () =>
  withFolder(async (out) => {
    await throwsError(
      () => drawNfd("nano-32", { out }),
      /nano-32 has no complete node fractal dimensions/,
    );
    await analyzed(out, 1, [0, 8]);
    await throwsError(
      () => drawNfd("nano-32", { out, steps: [0, 9] }),
      /step 9 of nano-32 was not measured; steps in .*: 0, 8/,
    );
    await throwsError(
      () => drawNfd("nano-32", { out, sample: 3 }),
      /_sample3\.csv is not there; calculate/,
    );
  }));
