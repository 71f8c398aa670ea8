import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import * as figures from "neuromfa/figures";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import { figureGallery, snapshotName } from "./figure_gallery.ts";
import { galleryPage } from "./gallery/gallery_page.ts";
import { textFaults } from "./text_faults.ts";

const folder = new URL("./snapshots/", import.meta.url);
/** Set to keep what is drawn now: `deno task accept-figures` does. */
const accepts = Deno.env.get("NEUROMFA_UPDATE_SNAPSHOTS") === "1";
const accept = "run `deno task accept-figures`, look at it, and commit it if it is as meant:";
/** These draw, keep or are any figure, not one. */
const general = ["Figure", "drawFigure", "saveFigure"];

const snapshots = Array.from(figureGallery, ([drawnBy, draw]) => {
  const figure = draw();
  return { drawnBy, file: `${snapshotName(drawnBy)}.svg`, svg: figure.svg, figure };
});
const files = new Map([
  ...snapshots.map(({ file, svg }) => [file, svg] as const),
  ["index.html", galleryPage(snapshots)] as const,
]);

if (accepts) {
  for await (const { name } of listed()) {
    if (!files.has(name)) await Deno.remove(new URL(name, folder));
  }
  for (const [name, text] of files) {
    await writeWholeFile(fileURLToPath(new URL(name, folder)), text);
  }
}

Deno.test("the gallery has every figure function of neuromfa/figures, and no other", () => {
  const functions = Object.keys(figures)
    .filter((name) => name.endsWith("Figure") && !general.includes(name));
  assert.deepEqual([...figureGallery.keys()].sort(), functions.sort());
});

for (const { drawnBy, file, svg } of snapshots) {
  Deno.test(`${drawnBy}() still draws tests/figures/snapshots/${file}`, async () => {
    const kept = await Deno.readTextFile(new URL(file, folder)).catch(() => null);
    assert.notEqual(kept, null, `${drawnBy}() has no snapshot yet: ${accept} ${file}`);
    // Not assert.equal(), which would print both whole.
    assert.ok(kept === svg, `${drawnBy}() draws something else than ${file}: ${accept} ${file}`);
  });
}

Deno.test("no text of the gallery is cut off or covers another", () => {
  assert.deepEqual(
    snapshots.flatMap(({ drawnBy, figure }) =>
      textFaults(figure).map((fault) => `${drawnBy}(): ${fault}`)
    ),
    [],
  );
});

Deno.test("the page shows the figures of the gallery", async () => {
  const kept = await Deno.readTextFile(new URL("index.html", folder)).catch(() => null);
  assert.ok(kept === files.get("index.html"), `index.html is another: ${accept} index.html`);
});

Deno.test("every snapshot is of a figure, and all together are small", async () => {
  let size = 0;
  for await (const { name } of listed()) {
    assert.ok(files.has(name), `no figure draws snapshots/${name}: remove it, or accept-figures`);
    size += (await Deno.stat(new URL(name, folder))).size;
  }
  assert.ok(size > 0 && size < 1.5e6, `${size} bytes`);
});

Deno.test("a figure of the gallery is the same however often and in whatever order it is drawn", () => {
  for (const { drawnBy, svg } of snapshots.toReversed()) {
    assert.ok(figureGallery.get(drawnBy)!().svg === svg, drawnBy);
  }
});

/** The files beside each other in the folder of snapshots; none before the first acceptance. */
async function* listed(): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
