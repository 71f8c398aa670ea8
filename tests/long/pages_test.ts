/** The gallery, its figures and rendered notebooks as a reader sees them, in Chromium. */

import assert from "node:assert/strict";
import { basename, join } from "node:path";
// @ts-types="@types/upng-js"
import UPNG from "upng-js";
import project from "../../deno.json" with { type: "json" };
import { fileURLToPath } from "node:url";
import { listFiles } from "../../lib/files/list_files.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { writeNotebook } from "../notebooks/write_notebook.ts";
import { Chromium, hasChromium, type Seen } from "./chromium.ts";
import { exportFromJupyter, inCi, pictures, renderToHtml, whyNoJupyter } from "../e2e/jupyter.ts";

const results = fileURLToPath(new URL("../../results", import.meta.url));
const chromiumIsHere = await hasChromium();
const noJupyter = await whyNoJupyter();
if (!chromiumIsHere && !inCi) {
  console.log("Pages are not looked at: there is no chromium; in Debian install chromium.");
}

/** Where CI collects screenshots; nowhere if it does not. */
const screenshots = Deno.env.get("NEUROMFA_SCREENSHOTS");
const picture = screenshots !== undefined;

/** Keeps a screenshot where they are collected. */
async function keep(name: string, { png }: Seen): Promise<void> {
  if (screenshots === undefined || png === null) return;
  await Deno.mkdir(screenshots, { recursive: true });
  await Deno.writeFile(join(screenshots, `${name}.png`), png);
}

/** How many pixels of a screenshot are navy. */
function navyPixels({ png }: Seen): number {
  const [frame] = UPNG.toRGBA8(UPNG.decode(Uint8Array.from(png!).buffer));
  const pixels = new Uint8Array(frame!);
  let navy = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    const [red, green, blue] = pixels.subarray(i, i + 3) as unknown as [number, number, number];
    if (red < 8 && green < 8 && Math.abs(blue - 128) < 8) navy++;
  }
  return navy;
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
        const seen = await chromium.look(join(results, "index.html"), { ...view, picture });
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
          const seen = await chromium.look(page, { width: 1000, picture });
          await keep(basename(name, ".ipynb"), seen);
          assert.deepEqual([seen.complaints, seen.clipped], [[], []], name);
          const drawn = (await Deno.readTextFile(page)).match(/<img src="data:image\/png;base64,/g);
          const pngs = pictures(await Deno.readTextFile(path)).flat();
          assert.equal(drawn?.length, pngs.length, `${name} shows all its figures`);
        }
      })
    ),
});

Deno.test({
  name:
    "a notebook executed and exported to HTML by Jupyter at once shows its figures at their size",
  ignore: (!chromiumIsHere || noJupyter !== undefined) && !inCi,
  fn: () =>
    browse((chromium) =>
      withFolder(async (folder) => {
        assert.equal(noJupyter, undefined, "where CI is set, Jupyter must be there");
        // Jupyter's kernel takes the deno.json above the notebook.
        const config = { imports: project.imports, nodeModulesDir: "none", lock: false };
        await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify(config));
        const [figure, show, drawing] = [
          ...["figures/render/draw_figure.ts", "display/show.ts", "figures/render/document.ts"],
        ].map((path) => new URL(`../../lib/${path}`, import.meta.url).href);
        const svg = (x: number) =>
          `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120"><rect x="${x}" y="10" ` +
          `width="200" height="100" fill="navy"/></svg>`;
        const figureOf = (name: string, x: number) =>
          `new Figure({ name: "${name}", caption: "A square.", svg: \`${svg(x)}\` })`;
        const path = await writeNotebook(
          ...[folder, "figures", "# Three figures\n"] as const,
          `import { Figure } from "${figure}";
          import { show } from "${show}";
          import { drawingDocument } from "${drawing}";
          import * as Plot from "@observablehq/plot";
          await show(${figureOf("shown", 10)});`,
          figureOf("last", 90),
          `await show(Plot.plot({
            document: drawingDocument(), axis: null, width: 300, height: 120, margin: 0,
            marks: [Plot.rect([0], { x1: 0, x2: 2, y1: 0, y2: 1, fill: "navy" })],
            x: { domain: [0, 3] }, y: { domain: [0, 1.2] },
          }));`,
        );
        const home = join(folder, "home");
        await Deno.mkdir(home);
        const page = await exportFromJupyter("html", path, home, home);
        const html = await Deno.readTextFile(page);
        const drawn = [...html.matchAll(/<img src="data:image\/png;base64,\s*([^"]+)"/g)];
        assert.equal(drawn.length, 3, "each figure is there as a picture");
        for (const [, png] of drawn) assert.ok(png!.length > 200, "with content");
        assert.doesNotMatch(html, /jp-RenderedSVG jp-OutputArea-output/);
        const seen = await chromium.look(page, { width: 1000, picture: true });
        await keep("exported", seen);
        assert.deepEqual([seen.complaints, seen.clipped], [[], []]);
        const share = navyPixels(seen) / (3 * 200 * 100);
        assert.ok(Math.abs(share - 1) < 0.02, `${share} of the three rectangles is seen`);
      })
    ),
});
