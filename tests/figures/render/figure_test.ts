import assert from "node:assert/strict";
import { Figure } from "../../../lib/figures/render/figure.ts";

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>';

Deno.test("a figure shows itself in a notebook as a PNG of its size and its caption", async () => {
  const figure = new Figure({ name: "empty", caption: "Nothing.", svg });
  const display = figure as unknown as Record<symbol, () => Promise<Record<string, string>>>;
  const data = await display[Symbol.for("Jupyter.display")]!();
  const png = await figure.png({ scale: 1 });
  assert.deepEqual(data, { "image/png": png.toBase64(), "text/plain": "Figure empty: Nothing." });
});

Deno.test("a figure cannot be changed", () => {
  const figure = new Figure({ name: "empty", caption: "Nothing.", svg });
  assert.throws(() => Object.assign(figure, { caption: "Something." }), TypeError);
});

Deno.test("a name that cannot be a file name everywhere is refused", () => {
  for (const name of ["", "../up", "Upper", "two words"]) {
    assert.throws(
      () => new Figure({ name, caption: "", svg }),
      /A figure's name becomes a file name/,
    );
  }
});

Deno.test("SVG that states no size is refused", () => {
  const endless = '<svg xmlns="http://www.w3.org/2000/svg" width="100%"/>';
  assert.throws(
    () => new Figure({ name: "x", caption: "", svg: endless }),
    /must state its width and height/,
  );
});
