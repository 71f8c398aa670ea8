import assert from "node:assert/strict";
import { join } from "node:path";
import {
  readSlurmRecord,
  type SlurmRecord,
  writeSlurmRecord,
} from "../../../lib/cli/slurm/slurm_record.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { withFolder } from "../../helpers/with_folder.ts";

const record: SlurmRecord = {
  arguments: ["--models", "a"],
  folder: "/here",
  parts: 3,
  atOnce: 2,
  models: ["a"],
  versions: { deno: "2" },
  jobs: [{ id: "7", parts: [1, 2, 3] }, { id: "8", parts: [] }],
};

Deno.test("a record of what was submitted is read as it was written; where none is, nothing was submitted", () =>
  withFolder(async (out) => {
    assert.equal(await readSlurmRecord(out), null);
    await writeSlurmRecord(out, record);
    assert.deepEqual(await readSlurmRecord(out), record);
  }));

Deno.test("a record that was changed is refused by key, for its words become arguments", () =>
  withFolder(async (out) => {
    await writeSlurmRecord(out, record);
    const path = join(out, "slurm", "slurm.json");
    for (
      const [changed, what] of [
        [
          { ...record, jobs: [{ id: "--all", parts: [] }] },
          /jobs\[0\]\.id is "--all", not the number/,
        ],
        [{ ...record, models: ["../x"] }, /models\[0\] is "\.\.\/x", not a name/],
        [{ ...record, parts: 0 }, /parts is 0, not a whole number from 1/],
        [null, /its value is null, not an object/],
      ] as const
    ) {
      await Deno.writeTextFile(path, JSON.stringify(changed));
      await throwsError(() => readSlurmRecord(out), what);
    }
    await Deno.writeTextFile(path, "{");
    await throwsError(
      () => readSlurmRecord(out),
      /slurm\.json is no JSON, .*; remove it, and submit/,
    );
  }));
