/** The tests that damaged inputs of every format end well. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { ALL_FORMATS } from "./all_formats.ts";
import { fuzz } from "./fuzz.ts";
import { failureLines } from "./result_lines.ts";

const place = fileURLToPath(new URL("../../.fuzz", import.meta.url));

/** No input may have anything written outside its folder, or ask another machine. */
export const FUZZ_PERMISSIONS: Deno.PermissionOptionsObject = {
  ...{ read: true, write: [place], net: ["127.0.0.1"], env: true },
};

/** Work in an empty folder for inputs. */
export async function withPlace<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await Deno.mkdir(place, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: place });
  try {
    return await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * A test for each format.
 *
 * @param total How many inputs are tried in all.
 * @param isLong Whether a format that asks for a fewest number of inputs gets them, and many ends must occur.
 */
export function testFormats(total: number, isLong: boolean): void {
  const shares = ALL_FORMATS.reduce((sum, { share = 1 }) => sum + share, 0);
  for (const format of ALL_FORMATS) {
    const { name, share = 1, fewest = 0 } = format;
    const count = Math.max(isLong ? fewest : 0, Math.ceil(total * share / shares));
    const title =
      `${count} damaged inputs of the format ${name} end in values or in clear sentences`;
    Deno.test({ name: title, permissions: FUZZ_PERMISSIONS }, () =>
      withPlace(async (folder) => {
        const [result] = await fuzz([format], { count, seed: 1, folder });
        const { failures, counts, reasons } = result!;
        const found = failures.flatMap((failure) => failureLines(name, failure)).join("\n");
        assert.equal(failures.length, 0, found);
        // An input that is damaged beyond all reading tests little, and so does one that nobody looks at.
        assert.ok(counts.sentence > count / 4, JSON.stringify(counts));
        if (!isLong) return;
        assert.ok(counts.value > 0, JSON.stringify(counts));
        assert.ok(reasons.size >= 4, [...reasons].join("\n"));
      }));
  }
}
