import assert from "node:assert/strict";
import { join } from "node:path";
import { columnName } from "../../lib/files/column_name.ts";
import { measure } from "../../lib/runs/measure.ts";
import { Measurement } from "../../lib/runs/measurement.ts";
import { describeRecord } from "../../lib/runs/run_record.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

const given = { samples: 2, layerSample: 24, steps: [0, 512] } as const;
/** What Jupyter asks a value for. */
type Shows = Record<symbol, () => Promise<Record<string, string>>>;

const result = await measure("suite:nano-64", given);

Deno.test("a measurement says in text its E, what was used and what was left out", () => {
  const lines = String(result).split("\n");
  assert.match(lines[0]!, /^ *step +alpha_0 +width +E +E_low +E_high +status$/);
  assert.match(lines[3]!, /^ *512 +\d\.\d+ +\d\.\d+ +-?\d\.\d+ .* no interval: 2 samples kept /);
  assert.equal(lines[4], result.made);
  assert.equal(result.made, describeRecord(result.record));
  assert.match(lines[4]!, /^nano-64: threshold 150, 2 samples of 24 neurons a layer, /);
  const kept = result.samples.reduce((sum, { selectedNodes }) => sum + selectedNodes, 0);
  const all = result.samples.reduce((sum, { nodes }) => sum + nodes, 0);
  assert.equal(
    lines[5],
    `left out: ${all - kept} of ${all} nodes, which have too few edges within the threshold`,
  );
  assert.equal(lines.length, 6);
  assert.equal(Deno.inspect(result), String(result));
});

Deno.test("a measurement tells of samples without a spectrum and of those that the filter mode leaves out", async () => {
  const none = await measure("suite:nano-64", { ...given, minimumEdges: 10_000 });
  const text = String(none).split("\n");
  const nodes = none.samples.reduce((sum, { nodes }) => sum + nodes, 0);
  assert.deepEqual(text.slice(-2), [
    `left out: ${nodes} of ${nodes} nodes, which have too few edges within the threshold`,
    "left out: 4 of 4 samples without a spectrum",
  ]);
  const { analyzed } = result, { tables } = analyzed.emergence!;
  const samples = tables.samples.map((row, i) => ({ ...row, filtered: i === 3 }));
  const emergence = { tables: { ...tables, samples }, skipped: false };
  const filtered = new Measurement({ ...analyzed, emergence }, "out");
  assert.match(String(filtered), /\nleft out of averages: 1 of 4 samples by the filter mode$/);
});

Deno.test("a measurement against a null model says the excess with its interval", async () => {
  const compared = await measure("suite:nano-64", { ...given, null: "rescale" });
  assert.match(
    String(compared),
    /^ *step +E +E_low +E_high +E_null +excess +excess_low +excess_high +p_value +status\n/,
  );
});

Deno.test("a measurement goes to frames with the columns of its files", async () => {
  for (const table of ["emergence", "spectra", "samples"] as const) {
    const frame = await (table === "emergence" ? result.toFrame() : result.toFrame(table));
    assert.deepEqual(frame.columns, Object.keys(result[table][0]!).map(columnName));
    assert.equal(frame.shape[0], result[table].length);
  }
  const E = (await result.toFrame()).column("E").values;
  assert.deepEqual(E, result.rows.map((row) => row.E));
});

Deno.test("a measurement that was made into a folder is saved there, and is not saved into another", () =>
  withFolder(async (folder) => {
    const out = join(folder, "out"), other = join(folder, "other");
    const there = await measure("suite:nano-64", { ...given, out });
    await there.save(out);
    await there.save(`${folder}/./out/`);
    await throwsError(
      () => there.save(other),
      /^nano-64 was measured into .*out, where its tables are; copy them from there, or measure it without out/,
    );
    await assert.rejects(Deno.stat(other), Deno.errors.NotFound);
  }));

Deno.test("a measurement as a cell's last expression is E over training, and its text where there is no E", async () => {
  const display = (one: object) => (one as Shows)[Symbol.for("Jupyter.display")]!();
  const shown = await display(result);
  assert.deepEqual(Object.keys(shown), ["image/png", "text/plain"]);
  assert.equal(shown["text/plain"], String(result));
  assert.match(shown["image/png"]!, /^iVBORw0KGgo/);
  const none = await measure("suite:nano-64", { ...given, minimumEdges: 10_000 });
  assert.deepEqual(await display(none), { "text/plain": String(none) });
});
