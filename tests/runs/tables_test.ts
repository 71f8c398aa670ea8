import assert from "node:assert/strict";
import { join } from "node:path";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { runRecord } from "../../lib/runs/run_record.ts";
import {
  hasModelTables,
  type ModelTables,
  readModelTables,
  saveModelTables,
  tablePaths,
} from "../../lib/runs/tables.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

const tables: ModelTables = {
  model: "nano-8",
  emergence: [
    {
      ...{ step: 0, alpha0: 1.25, width: 0.5, E: 0, eLow: 0, eHigh: 0 },
      ...{ samplesKept: 2, status: "ok" },
    },
    {
      ...{ step: 8, alpha0: NaN, width: NaN, E: NaN, eLow: NaN, eHigh: NaN },
      ...{ samplesKept: 0, status: "none of 2 samples kept: each has no spectrum, or fails" },
    },
  ],
  spectra: [
    {
      ...{ step: 0, sample: 1, q: -0.1, tau: 1e-17, rValue: -0.99, pValue: 1e-30, stderr: 0.01 },
      ...{ alpha: 1.2, fAlpha: -1e-9 },
    },
    {
      ...{ step: 0, sample: 1, q: 0, tau: 0, rValue: 0, pValue: 1, stderr: 0 },
      ...{ alpha: null, fAlpha: null },
    },
  ],
  samples: [
    {
      ...{ step: 0, sample: 0, edges: 7, nodes: 3, selectedNodes: 2, radii: 5, alpha0: 1.25 },
      ...{ alpha0Index: 29, alpha0Analytic: 1.2, tie: true, width: 0.5, filtered: false },
      status: "ok",
    },
    {
      ...{ step: 8, sample: 0, edges: 7, nodes: 3, selectedNodes: 0, radii: 0, alpha0: null },
      ...{ alpha0Index: null, alpha0Analytic: null, tie: null, width: null, filtered: null },
      status: "None of the 3 nodes has enough edges",
    },
  ],
};
const options = analysisOptions();
const record = runRecord("nano-8", options, 150, new Map([[0, "aa"], [8, "bb"]]));

Deno.test("tables are read back with the numbers and the gaps that were written", () =>
  withFolder(async (out) => {
    await saveModelTables(out, tables, record);
    assert.deepEqual(await readModelTables(out, "nano-8"), tables);
  }));

Deno.test("tables lie under emergence, E beside the folder of the model, with the columns asked for", () =>
  withFolder(async (out) => {
    await saveModelTables(out, tables, record);
    assert.deepEqual(tablePaths(out, "nano-8"), {
      emergence: join(out, "emergence", "E_nano-8.csv"),
      spectra: join(out, "emergence", "nano-8", "spectra.csv"),
      samples: join(out, "emergence", "nano-8", "samples.csv"),
      record: join(out, "emergence", "nano-8", "run.json"),
    });
    const text = await Deno.readTextFile(join(out, "emergence", "E_nano-8.csv"));
    assert.equal(
      text,
      "step,alpha_0,width,E,E_low,E_high,samples_kept,status\n0,1.25,0.5,0,0,0,2,ok\n" +
        '8,,,,,,0,"none of 2 samples kept: each has no spectrum, or fails"\n',
    );
    const run = JSON.parse(await Deno.readTextFile(join(out, "emergence/nano-8/run.json")));
    const { tables: digests, ...made } = run;
    assert.deepEqual(made, record);
    assert.match(digests.emergence, /^[0-9a-f]{64}$/);
  }));

Deno.test("tables are there only if all are and the record says the same of options, checkpoints and versions", () =>
  withFolder(async (out) => {
    assert.equal(await hasModelTables(out, record), false);
    await saveModelTables(out, tables, record);
    assert.equal(await hasModelTables(out, record), true);
    const others = [
      { ...record, options: { ...options, digits: 1 } },
      { ...record, threshold: 151 },
      { ...record, checkpoints: [...record.checkpoints, { step: 9, sha256: "cc" }] },
      { ...record, versions: { ...record.versions, deno: "1.0.0" } },
    ];
    for (const other of others) assert.equal(await hasModelTables(out, other), false);
    await Deno.remove(tablePaths(out, "nano-8").samples);
    assert.equal(await hasModelTables(out, record), false);
  }));

Deno.test("a table that is not there is refused with the command that writes it", () =>
  withFolder((out) =>
    throwsError(
      () => readModelTables(out, "nano-8"),
      /run\.json is not there; run --stage analyze for nano-8 first$/,
    )
  ));

Deno.test("a table that was changed is refused, and does not count as being there", () =>
  withFolder(async (out) => {
    await saveModelTables(out, tables, record);
    const { spectra } = tablePaths(out, "nano-8");
    await Deno.writeTextFile(spectra, (await Deno.readTextFile(spectra)).slice(0, -20));
    assert.equal(await hasModelTables(out, record), false);
    await throwsError(
      () => readModelTables(out, "nano-8"),
      /spectra\.csv is not as it was written with .*run\.json; run --stage analyze for nano-8 again$/,
    );
  }));

Deno.test("a stop while tables are replaced leaves no record that vouches for them", () =>
  withFolder(async (out) => {
    await saveModelTables(out, tables, record);
    const { emergence } = tablePaths(out, "nano-8");
    await Deno.remove(emergence);
    await Deno.mkdir(emergence);
    await assert.rejects(saveModelTables(out, tables, { ...record, threshold: 9 }));
    assert.equal(await hasModelTables(out, { ...record, threshold: 9 }), false);
    assert.equal(await hasModelTables(out, record), false);
  }));

Deno.test("E against a null model has its columns, and is read back by what the record says", () =>
  withFolder(async (out) => {
    const none = { eNull: NaN, eNullLow: NaN, eNullHigh: NaN, excess: NaN, excessLow: NaN };
    const [first, second] = tables.emergence;
    const emergence = [
      {
        ...first!,
        ...{ eNull: 0.5, eNullLow: 0.25, eNullHigh: 1, excess: -0.5, excessLow: -0.75 },
        ...{ excessHigh: -0.25, pValue: 0.25, nullDraws: 3 },
      },
      { ...second!, ...none, excessHigh: NaN, pValue: NaN, nullDraws: 0 },
    ];
    const against = { null: "permute", nullDraws: 3, nullSeed: 0 } as const;
    const compared = { ...record, options: analysisOptions(against) };
    await saveModelTables(out, { ...tables, emergence }, compared);
    const text = await Deno.readTextFile(tablePaths(out, "nano-8").emergence);
    assert.equal(
      text.split("\n", 2).join("\n"),
      "step,alpha_0,width,E,E_low,E_high,samples_kept,E_null,E_null_low,E_null_high,excess,excess_low,excess_high," +
        "p_value,null_draws,status\n0,1.25,0.5,0,0,0,2,0.5,0.25,1,-0.5,-0.75,-0.25,0.25,3,ok",
    );
    assert.deepEqual((await readModelTables(out, "nano-8")).emergence, emergence);
    assert.equal(await hasModelTables(out, compared), true);
    assert.equal(await hasModelTables(out, record), false);
  }));

Deno.test("a run.json that is none is refused by file and key, and does not count as being there", () =>
  withFolder(async (out) => {
    await saveModelTables(out, tables, record);
    const path = tablePaths(out, "nano-8").record;
    const stored = JSON.parse(await Deno.readTextFile(path));
    const { options: _, ...without } = stored;
    const withOptions = (more: object) => ({ ...stored, options: { ...options, ...more } });
    const full = analysisOptions({ network: "full" });
    const cases: [value: unknown, what: string][] = [
      [null, "its value is null, not an object"],
      [[], "its value is [], not an object"],
      [{}, "model is missing"],
      [without, "options is missing"],
      [{ ...stored, model: "nano-9" }, 'model is "nano-9", not "nano-8"'],
      [{ ...stored, options: [] }, "options is [], not an object"],
      [{ ...stored, options: null }, "options is null, not an object"],
      [{ ...stored, threshold: {} }, "threshold is {…}, not a number"],
      [{ ...stored, checkpoints: [null] }, "checkpoints[0] is null, not an object"],
      [
        { ...stored, checkpoints: [...stored.checkpoints, { step: 8, sha256: "" }] },
        "checkpoints: step 8 is there twice",
      ],
      [{ ...stored, tables: undefined }, "tables is missing"],
      [{ ...stored, tables: { ...stored.tables, spectra: 5 } }, "tables.spectra is 5, not a text"],
      [
        withOptions({ threshold: "a" }),
        'options.threshold is "a", not a length above 1 such as 150, or medians such as 2.8m ({ medians: 2.8 })',
      ],
      [
        withOptions({ threshold: { medians: null } }),
        "options.threshold is {…}, not a length above 1 such as 150, or medians such as 2.8m ({ medians: 2.8 })",
      ],
      [
        withOptions({ q: { min: -3, max: 3 } }),
        "options.q is {…}, not min:max:step such as -3:3:0.1 ({ min: -3, max: 3, step: 0.1 })",
      ],
      [
        withOptions({ q: { min: 1, max: 3, step: 1 }, alpha0: "argmax" }),
        "options: the q grid 1:3:1 leaves out 0, where f is largest; include 0, or take alpha0 analytic",
      ],
      [withOptions({ filterMode: [1] }), "options.filterMode is [1], not 0, 1, 2 or 3"],
      [
        withOptions({ layers: "block" }),
        'options.layers is "block", not a list of names, none of them empty',
      ],
      [
        withOptions({ roles: [""] }),
        'options.roles is [""], not a list of names, none of them empty',
      ],
      [withOptions({ network: "half" }), 'options.network is "half", not "sampled" or "full"'],
      [
        withOptions({ radii: {} }),
        "options.radii is {…}, not occurring, or min:max such as 5:150 ({ min: 5, max: 150 })",
      ],
      [
        withOptions({ nullSeed: 1 }),
        'options: nullSeed is about a null model, and none is given; give null, such as "permute", or leave nullSeed out',
      ],
      [
        withOptions({ null: "permutes" }),
        'options.null is "permutes", not one of permute, permute-rows, permute-columns, gaussian, rescale',
      ],
      [
        withOptions({ null: "rescale", nullDraws: 2, nullSeed: 0 }),
        'options: the null model "rescale" has nothing to draw, so it has 1 draw, not 2; leave the number out',
      ],
      [withOptions({ sample: 3 }), "options.sample is unknown"],
      [
        { ...stored, options: { ...full, threshold: { medians: 1 } } },
        "options: the threshold of a full network must be a length: medians are taken over samples; give a number such as 150",
      ],
    ];
    for (const [value, what] of cases) {
      await Deno.writeTextFile(path, JSON.stringify(value));
      const message = `${path}: ${what}; run --stage analyze for nano-8 again`;
      await assert.rejects(readModelTables(out, "nano-8"), { name: "Error", message });
      assert.equal(await hasModelTables(out, record), false);
    }
    await Deno.writeTextFile(path, JSON.stringify({ ...stored, options: full }));
    assert.equal((await readModelTables(out, "nano-8")).model, "nano-8");
  }));
