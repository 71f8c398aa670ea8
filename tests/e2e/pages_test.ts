/** The gallery, its figures and rendered notebooks as a reader sees them, in Chromium. */

import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { listFiles } from "../../lib/files/list_files.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { Chromium, hasChromium, type Seen } from "./chromium.ts";
import { inCi, pictures, renderToHtml, whyNoJupyter } from "./jupyter.ts";

const results = fileURLToPath(new URL("../../results", import.meta.url));
const chromiumIsHere = await hasChromium();
const noJupyter = await whyNoJupyter();
if (!chromiumIsHere && !inCi) {
  console.log("Pages are not looked at: there is no chromium; in Debian install chromium.");
}

/** Keeps a screenshot where CI collects them, and nowhere if it does not. */
async function keep(name: string, { png }: Seen): Promise<void> {
  const folder = Deno.env.get("NEUROMFA_SCREENSHOTS");
  if (folder === undefined) return;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeFile(join(folder, `${name}.png`), png);
}

/** Starts Chromium for a test. */
async function browse(test: (chromium: Chromium) => Promise<void>): Promise<void> {
  assert.ok(chromiumIsHere, "where CI is set, Chromium must be there");
  await using chromium = await Chromium.start();
  await test(chromium);
}

Deno.test({
  name: "the gallery has no error and nothing clipped on a phone, a desk and a projector",
  ignore: !chromiumIsHere && !inCi,
  fn: () =>
    browse(async (chromium) => {
      const views = [{ width: 400 }, { width: 1280 }, { width: 1280, dark: true }, { width: 1920 }];
      for (const view of views) {
        const seen = await chromium.look(join(results, "index.html"), view);
        await keep(`gallery-${view.width}${view.dark ? "-dark" : ""}`, seen);
        assert.deepEqual([seen.complaints, seen.clipped], [[], []], JSON.stringify(view));
      }
    }),
});

Deno.test({
  name: "no text of any figure is cut off",
  ignore: !chromiumIsHere && !inCi,
  fn: () =>
    browse((chromium) =>
      withFolder(async (folder) => {
        const paths = (await listFiles(results)).filter((path) => path.endsWith(".svg"));
        assert.ok(paths.length > 0, "there are no figures: run deno task reproduce");
        const page = join(folder, "figures.html");
        const svgs = paths.map(async (path) =>
          `<h2>${path}</h2>${await Deno.readTextFile(join(results, path))}`
        );
        const all = (await Promise.all(svgs)).join("\n");
        await Deno.writeTextFile(page, `<!doctype html><meta charset="utf-8">${all}`);
        const seen = await chromium.look(page, { width: 1280 });
        assert.deepEqual([seen.complaints, seen.clipped], [[], []]);
      })
    ),
});

Deno.test({
  name: "text beyond the edge of a figure, a broken picture and an error are seen",
  ignore: !chromiumIsHere && !inCi,
  fn: () =>
    browse((chromium) =>
      withFolder(async (folder) => {
        const page = join(folder, "broken.html");
        const text = (x: number, words: string) => `<text x="${x}" y="20">${words}</text>`;
        await Deno.writeTextFile(
          page,
          `<!doctype html><meta charset="utf-8"><img src="gone.png">
          <svg width="200" height="50">${text(5, "whole")}${text(190, "beyond")}
          <svg x="20" width="60" height="40">${text(0, "inside")}${
            text(50, "out of its panel")
          }</svg>
          </svg><script>console.error("told"); throw new Error("thrown");</script>`,
        );
        const { complaints, clipped } = await chromium.look(page, { width: 400 }, /ignored/);
        assert.deepEqual(clipped, ["img gone.png", "text beyond", "text out of its panel"]);
        const told = complaints.join("\n");
        for (const part of ["told", "thrown", "ERR_FILE_NOT_FOUND"]) {
          assert.match(told, RegExp(part));
        }
      })
    ),
});

Deno.test({
  name: "notebooks rendered to HTML show all their figures without an error",
  ignore: (!chromiumIsHere || noJupyter !== undefined) && !inCi,
  fn: () =>
    browse((chromium) =>
      withFolder(async (folder) => {
        assert.equal(noJupyter, undefined, "where CI is set, Jupyter must be there");
        const executed = (await listFiles(join(results, "notebooks"))).slice(0, 2);
        assert.equal(executed.length, 2);
        for (const name of executed) {
          const path = join(results, "notebooks", name);
          const page = await renderToHtml(path, folder);
          const seen = await chromium.look(page, { width: 1000 });
          await keep(basename(name, ".ipynb"), seen);
          assert.deepEqual([seen.complaints, seen.clipped], [[], []], name);
          const drawn = (await Deno.readTextFile(page)).match(/<img src="data:image\/png;base64,/g);
          const pngs = pictures(await Deno.readTextFile(path)).flat();
          assert.equal(drawn?.length, pngs.length, `${name} shows all its figures`);
        }
      })
    ),
});
