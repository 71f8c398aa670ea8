import assert from "node:assert/strict";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { exists } from "../../lib/files/list_files.ts";
import { measure } from "../../lib/runs/measure.ts";
import { saveParquetTables } from "../../lib/runs/parquet_tables.ts";
import { withFolder } from "../helpers/with_folder.ts";

/** A Parquet file's rows, whole numbers as numbers. */
async function rowsIn(path: string): Promise<Record<string, unknown>[]> {
  const rows = await parquetReadObjects({ file: (await Deno.readFile(path)).buffer });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map((
        [name, cell],
      ) => [name, typeof cell === "bigint" ? Number(cell) : cell]),
    )
  );
}

Deno.test("a model's tables as Parquet have the numbers of the tables", () =>
  withFolder(async (out) => {
    const result = await measure("suite:nano-32", { samples: 2, steps: [0, 4096], threshold: 60 });
    await result.save(out);
    const paths = await saveParquetTables(out, "nano-32");
    assert.deepEqual(paths, [
      join(out, "emergence/E_nano-32.parquet"),
      join(out, "emergence/nano-32/spectra.parquet"),
      join(out, "emergence/nano-32/samples.parquet"),
    ]);
    const [emergence, spectra, samples] = await Promise.all(paths.map(rowsIn));
    assert.deepEqual(
      emergence!.map((
        row,
      ) => [row.step, row.alpha_0, row.E, row.E_low, row.samples_kept, row.status]),
      result.emergence.map((
        row,
      ) => [row.step, row.alpha0, row.E, row.eLow, row.samplesKept, row.status]),
    );
    assert.ok(Number.isNaN(emergence![1]!.E_low), "an interval that is none is NaN");
    assert.deepEqual(
      spectra!.map((
        { step, sample, q, tau, alpha, f_alpha },
      ) => [step, sample, q, tau, alpha, f_alpha]),
      result.spectra.map((
        { step, sample, q, tau, alpha, fAlpha },
      ) => [step, sample, q, tau, alpha, fAlpha]),
    );
    assert.equal(spectra!.at(-1)!.alpha, null, "the last order has no slope");
    assert.deepEqual(
      samples!.map((
        { step, sample, edges, tie, filtered },
      ) => [step, sample, edges, tie, filtered]),
      result.samples.map((
        { step, sample, edges, tie, filtered },
      ) => [step, sample, edges, tie, filtered]),
    );
  }));

Deno.test("the sample of a full network is a word, and a baseline too", () =>
  withFolder(async (out) => {
    const result = await measure("suite:nano-32", {
      ...{ network: "full", steps: [512, 4096], threshold: 60, baseline: 512 } as const,
    });
    await result.save(out);
    const [emergence, , samples] = await Promise.all(
      (await saveParquetTables(out, "nano-32")).map(rowsIn),
    );
    assert.deepEqual(samples!.map(({ sample }) => sample), ["full", "full"]);
    assert.deepEqual(emergence!.map(({ baseline }) => baseline), [512, 512]);
  }));

Deno.test("new tables leave no old ones as Parquet beside them", () =>
  withFolder(async (out) => {
    const options = { samples: 1, steps: [0, 4096] };
    await (await measure("suite:nano-32", options)).save(out);
    const paths = await saveParquetTables(out, "nano-32");
    await (await measure("suite:nano-32", { ...options, threshold: 60 })).save(out);
    for (const path of paths) assert.ok(!await exists(path), path);
  }));

Deno.test("tables that were changed are not written as Parquet", () =>
  withFolder(async (out) => {
    await (await measure("suite:nano-32", { samples: 1, steps: [0, 4096] })).save(out);
    const table = join(out, "emergence/nano-32/spectra.csv");
    await Deno.writeTextFile(table, (await Deno.readTextFile(table)).replace("0,0,", "0,1,"));
    await assert.rejects(
      saveParquetTables(out, "nano-32"),
      /spectra\.csv is not as it was written/,
    );
    assert.ok(!await exists(join(out, "emergence/E_nano-32.parquet")));
  }));
