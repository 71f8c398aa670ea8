import assert from "node:assert/strict";
import { Figure } from "../../../lib/figures/render/draw_figure.ts";
import { saveFigure } from "../../../lib/figures/render/save_figure.ts";

Deno.test("a figure is saved as SVG and PNG with nothing else beside", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>';
  const figure = new Figure({ name: "empty", caption: "Nothing.", svg });
  const folder = await Deno.makeTempDir();
  try {
    await saveFigure(figure, `${folder}/figures/empty`);
    const names = [...Deno.readDirSync(`${folder}/figures`)].map(({ name }) => name);
    assert.deepEqual(names.sort(), ["empty.png", "empty.svg"]);
    assert.equal(await Deno.readTextFile(`${folder}/figures/empty.svg`), svg);
    assert.deepEqual(await Deno.readFile(`${folder}/figures/empty.png`), await figure.png());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
