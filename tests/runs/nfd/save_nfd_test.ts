import assert from "node:assert/strict";
import { join } from "node:path";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { nodesFile } from "../../../lib/runs/nfd/nfd_files.ts";
import { saveNfd } from "../../../lib/runs/nfd/save_nfd.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { analyzeNfd } from "../analyze_alone.ts";

const nano = "suite:nano-64";
const options = analysisOptions({ samples: 2 });
const network = { step: 8, sample: 1 };
const file = "nfd/nano-64/nfd_nano-64_step8_sample1.csv";

Deno.test("saveNfd() writes what the analysis of the whole model writes", () =>
  withFolder(async (folder) => {
    const one = join(folder, "one"), all = join(folder, "all"), store = join(folder, "networks");
    const rows = await saveNfd(nano, { options, out: one, store, ...network });
    await analyzeNfd(nano, { options, out: all, store, steps: [8] });
    const text = await Deno.readTextFile(join(one, file));
    assert.equal(text, await Deno.readTextFile(join(all, file)));
    assert.deepEqual(await nodesFile.read(one, { model: "nano-64", ...network }), rows);
    const names = await Array.fromAsync(Deno.readDir(join(one, "nfd/nano-64")));
    assert.deepEqual(names.map(({ name }) => name), ["nfd_nano-64_step8_sample1.csv"]);
  }));

Deno.test("saveNfd() slips no table measured otherwise among those of an analysis", () =>
  withFolder(async (out) => {
    const place = { out, store: join(out, "networks") };
    await analyzeNfd(nano, { options, ...place, steps: [8] });
    const before = await Deno.readTextFile(join(out, file));
    await throwsError(
      () =>
        saveNfd(nano, {
          options: { ...options, nfdThreshold: 90 },
          ...place,
          ...network,
        }),
      /holds tables of nano-64 measured with nfdThreshold 200, not 90; choose another folder/,
    );
    await Deno.remove(join(out, file));
    await saveNfd(nano, { options, ...place, ...network });
    assert.equal(await Deno.readTextFile(join(out, file)), before);
  }));

Deno.test("saveNfd() refuses a step, a sample or an option that is not there", () =>
  withFolder(async (out) => {
    const save = (change: object) => () =>
      saveNfd(nano, {
        options,
        ...{ out, store: join(out, "networks") },
        ...network,
        ...change,
      });
    await throwsError(save({ step: 5 }), /step 5 of nano-64 is not there; steps: 0, 1/);
    await assert.rejects(save({ sample: 2 }), /sample must be from 0 to 1, but it is 2/);
    await assert.rejects(save({ sample: -1 }), /sample must be from 0 to 1, but it is -1/);
    await assert.rejects(save({ samples: 1 }), /no option "samples"; did you mean "sample"/);
  }));
