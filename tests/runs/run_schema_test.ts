/** The schema of `run.json` says what the library writes, and refuses what it would not read. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import schema from "../../lib/runs/run.schema.json" with { type: "json" };
import { FULL_NAMES, SAMPLED_ONLY_NAMES } from "../../lib/runs/analysis_options.ts";
import { measure, type MeasureOptions } from "../../lib/runs/measure.ts";
import { OPTIONS } from "../../lib/options/options.ts";
import { withFolder } from "../helpers/with_folder.ts";

const isRunRecord = new Ajv2020({ allErrors: true, strictRequired: false }).compile(schema);

/** Measures nano-32 into a folder, and reads what the record beside the tables says. */
async function recordOf(options: MeasureOptions): Promise<Record<string, unknown>> {
  let record = {};
  await withFolder(async (out) => {
    const samples = options.network === "full" ? {} : { samples: 2 };
    await measure("suite:nano-32", { steps: [0, 4096], ...samples, ...options, out });
    record = JSON.parse(await Deno.readTextFile(join(out, "emergence/nano-32/run.json")));
  });
  return record;
}

function errorsIn(record: unknown): string[] {
  return isRunRecord(record)
    ? []
    : isRunRecord.errors!.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

Deno.test("run.json of every kind of run is as its schema says", async () => {
  const kinds: MeasureOptions[] = [
    {},
    { null: "permute", nullDraws: 2, threshold: { medians: 2.8 }, radii: { min: 5, max: 30 } },
    { network: "full", steps: [512, 4096], baseline: 512 },
    {
      convention: "reference",
      roles: ["block input"],
      digits: 1,
      q: { min: -1, max: 1, step: 0.5 },
    },
    { distance: "path", edges: "sampled", threshold: 60 },
  ];
  for (const options of kinds) {
    assert.deepEqual(errorsIn(await recordOf(options)), [], JSON.stringify(options));
  }
});

Deno.test("run.json among the results is as its schema says", async () => {
  const path = new URL("../../results/emergence/nano-64/run.json", import.meta.url);
  assert.deepEqual(errorsIn(JSON.parse(await Deno.readTextFile(path))), []);
});

Deno.test("the schema has every option that is recorded, with its choices and its bounds", () => {
  const properties = schema.properties.options.properties as Record<
    string,
    { enum?: unknown[]; minimum?: number; maximum?: number }
  >;
  const names = ["network", ...SAMPLED_ONLY_NAMES, ...FULL_NAMES] as const;
  assert.deepEqual(Object.keys(properties).sort(), [...names].sort());
  for (const name of names) {
    const { choices, values } = OPTIONS[name];
    if (choices !== undefined) assert.deepEqual(properties[name]!.enum, choices, name);
    const [, min, max] = /^an integer from (\d+) to (\d+)$/.exec(values) ?? [];
    if (min === undefined) continue;
    assert.equal(properties[name]!.minimum, Number(min), name);
    if (Number(max) < Number.MAX_SAFE_INTEGER) {
      assert.equal(properties[name]!.maximum, Number(max), name);
    }
  }
});

Deno.test("the schema refuses records that were changed by hand, and says where", async () => {
  const record = await recordOf({}) as Record<string, Record<string, unknown>>;
  const changed = (part: string, change: object) =>
    errorsIn({ ...record, [part]: { ...record[part], ...change } });
  assert.deepEqual(changed("options", { threshold: 1 }), [
    ...[
      "/options/threshold exclusiveMinimum",
      "/options/threshold type",
      "/options/threshold oneOf",
    ],
  ]);
  assert.deepEqual(changed("options", { tresh: 2 }), ["/options additionalProperties"]);
  assert.deepEqual(changed("options", { network: "full" }).slice(0, 1), [
    "/options/samples false schema",
  ]);
  assert.deepEqual(changed("tables", { spectra: "0" }), ["/tables/spectra pattern"]);
  assert.deepEqual(changed("source", { name: 3 }), ["/source/name type"]);
  const { versions: _, ...unversioned } = record;
  assert.deepEqual(errorsIn(unversioned), [" required"]);
  assert.deepEqual(errorsIn({ ...record, checkpoints: [{ step: -1, sha256: "" }] }), [
    "/checkpoints/0/step minimum",
  ]);
});
