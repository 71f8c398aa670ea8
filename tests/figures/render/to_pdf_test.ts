import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import { styleOf, withFigureStyle } from "../../../lib/figures/figure_style.ts";
import { toPdf } from "../../../lib/figures/render/to_pdf.ts";
import { figureGallery } from "../figure_gallery.ts";

const draw = figureGallery.get("emergenceOverTrainingFigure")!;
const figure = withFigureStyle(styleOf({ figureWidth: "3.25in", font: "serif" }), draw);

Deno.test("a PDF has the size of its figure, its fonts in it, and the same bytes each time", async () => {
  const pdf = await toPdf(figure.svg, figure), text = Buffer.from(pdf).toString("latin1");
  assert.match(text, /^%PDF-1\.\d/);
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text)!;
  assert.equal(Number(width), 234);
  assert.ok(Math.abs(Number(height) - figure.height * 0.75) < 0.01);
  const fonts = [...text.matchAll(/\/BaseFont \/[A-Z]{6}\+([\w-]+)/g)].map(([, name]) => name!);
  assert.deepEqual(new Set(fonts), new Set(["DejaVuSerif", "DejaVuSerif-Bold"]));
  assert.equal(text.match(/\/FontFile2 /g)?.length, 2);
  assert.deepEqual(await toPdf(figure.svg, figure), pdf);
});

Deno.test("a text with a halo is drawn after its halo, in its colour", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20">' +
    '<g fill="#0072B2" stroke="white" stroke-width="3" paint-order="stroke">' +
    '<text x="5" y="15">recall</text></g></svg>';
  const pdf = await toPdf(svg, { width: 80, height: 20, title: "t" });
  const text = Buffer.from(pdf).toString("latin1");
  const streams = [...text.matchAll(/\/Filter \/FlateDecode\n>>\nstream\n(.*?)\nendstream/gs)]
    .map(([, bytes]) => {
      const body = Uint8Array.from(bytes!, (letter) => letter.charCodeAt(0));
      try {
        return inflateSync(body).toString("latin1");
      } catch {
        return "";
      }
    });
  const page = streams.find((stream) => stream.includes(" Tf"));
  // pdfkit writes the mode of rendering before each text: 2 fills and strokes, 0 fills.
  const modes = [...(page ?? "").matchAll(/(\d) Tr/g)].map(([, mode]) => mode);
  assert.deepEqual([modes[0], modes.at(-1)], ["2", "0"], page ?? text.slice(0, 3000));
});
