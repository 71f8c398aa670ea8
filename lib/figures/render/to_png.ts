/** From SVG text to PNG bytes, in process and with the bundled font; in a browser `to_png_browser.ts` stands for this. */

import { initWasm, Resvg } from "@resvg/resvg-wasm";
// @ts-types="@types/upng-js"
import UPNG from "upng-js";
import { BUNDLED_FAMILY } from "./font.ts";
import { checkPngSize, pngScale, type PngSize } from "./png_size.ts";
import { readFonts } from "./read_fonts.ts";

/** Colours of a PNG: figures have few, so that a palette makes the file less than half as large and nobody sees it. */
const COLORS = 256;

let loading: Promise<Uint8Array[]> | undefined;

/** Loads the renderer and the fonts, once a process. */
function loadRenderer(): Promise<Uint8Array[]> {
  loading ??= (async () => {
    const wasm = await Deno.readFile(
      new URL(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm")),
    );
    await initWasm(wasm as BufferSource);
    return await readFonts();
  })();
  return loading;
}

/** Draws SVG text as a PNG on a white ground; the same text gives the same bytes. */
export async function toPng(svg: string, size: PngSize = {}): Promise<Uint8Array<ArrayBuffer>> {
  checkPngSize(size);
  const [mode, value] = size.width === undefined
    ? ["zoom", size.scale ?? 2] as const
    : ["width", size.width] as const;
  const sans = await loadRenderer();
  const fontBuffers = svg.includes("DejaVu Serif") ? [...sans, ...await readFonts("serif")] : sans;
  const renderer = new Resvg(svg, {
    fitTo: { mode, value },
    background: "white",
    font: { fontBuffers, loadSystemFonts: false, defaultFontFamily: BUNDLED_FAMILY },
  });
  try {
    pngScale(size, renderer.width, renderer.height);
    const image = render(renderer);
    const { pixels, width, height } = image;
    const png = new Uint8Array(UPNG.encode([pixels.slice().buffer], width, height, COLORS));
    image.free();
    return png;
  } finally {
    renderer.free();
  }
}

function render(renderer: InstanceType<typeof Resvg>) {
  try {
    return renderer.render();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    // A trap has no message of use, such as "unreachable".
    throw new Error(
      "A PNG could not be drawn, probably for want of memory: choose a smaller scale, or draw less in one figure",
      { cause: error },
    );
  }
}
