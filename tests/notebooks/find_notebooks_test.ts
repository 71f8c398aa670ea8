import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { findNotebooks } from "../../lib/notebooks/find_notebooks.ts";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));

Deno.test("notebooks are found in the order of their names, or those asked for", async () => {
  const all = await findNotebooks(fixtures);
  assert.deepEqual(all, [...all].sort());
  assert.ok(all.length >= 4);
  const one = [`${fixtures}/throws.ipynb`];
  assert.deepEqual(await findNotebooks(fixtures, ["throws"]), one);
  assert.deepEqual(await findNotebooks(fixtures, ["throws.ipynb", "throws"]), one);
});

Deno.test("a notebook is found without its number", async () => {
  const notebooks = fileURLToPath(new URL("../../notebooks", import.meta.url));
  const expected = [`${notebooks}/01_first_look.ipynb`];
  assert.deepEqual(await findNotebooks(notebooks, ["first_look"]), expected);
});

Deno.test("a name that is not there is refused with the nearest one", async () => {
  await assert.rejects(
    findNotebooks(fixtures, ["throws", "throw"]),
    /no notebook "throw": did you mean throws\?/,
  );
});

Deno.test("a folder without notebooks and a folder that is not there are refused", async () => {
  await assert.rejects(
    findNotebooks(`${fixtures}/none`),
    /none holds no notebook \(\*\.ipynb\) to run/,
  );
});
