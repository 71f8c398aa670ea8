import assert from "node:assert/strict";
import { join } from "node:path";
import { analyzeNodeFractalDimension } from "../../lib/runs/analyze_node_fractal_dimension.ts";
import { nodesFile } from "../../lib/runs/node_fractal_dimension_files.ts";
import { saveNodeFractalDimension } from "../../lib/runs/save_node_fractal_dimension.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

const nano = "suite:nano-64";
const file = "nfd/nano-64/nfd_nano-64_step8_sample1.csv";

Deno.test("saveNodeFractalDimension() writes what the analysis of the whole model writes", () =>
  withFolder(async (out) => {
    const one = join(out, "one"), all = join(out, "all");
    const rows = await saveNodeFractalDimension(nano, {
      out: one,
      step: 8,
      sample: 1,
      threshold: 90,
    });
    await analyzeNodeFractalDimension(nano, { out: all, steps: [8], samples: 2, threshold: 90 });
    const text = await Deno.readTextFile(join(one, file));
    assert.equal(text, await Deno.readTextFile(join(all, file)));
    assert.deepEqual(await nodesFile.read(one, { model: "nano-64", step: 8, sample: 1 }), rows);
    const names = await Array.fromAsync(Deno.readDir(join(one, "nfd/nano-64")));
    assert.deepEqual(names.map(({ name }) => name), ["nfd_nano-64_step8_sample1.csv"]);
  }));

Deno.test("saveNodeFractalDimension() does not slip a table measured otherwise among those of an analysis", () =>
  withFolder(async (out) => {
    await analyzeNodeFractalDimension(nano, { out, steps: [8], samples: 2 });
    const before = await Deno.readTextFile(join(out, file));
    const place = { out, step: 8, sample: 1 };
    await throwsError(
      () => saveNodeFractalDimension(nano, { ...place, threshold: 90 }),
      /holds tables of nano-64 measured with threshold 200, not 90; choose another folder/,
    );
    await saveNodeFractalDimension(nano, { ...place, threshold: 200 });
    assert.equal(await Deno.readTextFile(join(out, file)), before);
  }));

Deno.test("saveNodeFractalDimension() refuses a step, a sample or an option that is not there", () =>
  withFolder(async (out) => {
    await throwsError(
      () => saveNodeFractalDimension(nano, { out, step: 5 }),
      /step 5 .* steps: 0, 1/,
    );
    await assert.rejects(
      saveNodeFractalDimension(nano, { out, step: 8, sample: -1 }),
      /sample must be an integer from 0, but it is -1/,
    );
    await assert.rejects(
      saveNodeFractalDimension(nano, { out, step: 8, samples: 1 } as never),
      /has no option "samples"; did you mean "sample"/,
    );
  }));
