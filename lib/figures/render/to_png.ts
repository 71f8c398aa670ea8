/** From SVG text to PNG bytes, in process and with the bundled font. */

import { initWasm, Resvg } from "@resvg/resvg-wasm";
// @ts-types="@types/upng-js"
import UPNG from "upng-js";
import { BUNDLED_FAMILY, FONT_FAMILY } from "./font_family.ts";
// Imported so that the package is fetched with the program and its other files can be found beside this one.
import "dejavu-fonts-ttf/package.json" with { type: "json" };

export { BUNDLED_FAMILY, FONT_FAMILY };

/** How large a PNG is drawn: give at most one of the two. */
export interface PngSize {
  /** Pixels drawn for each unit of the SVG; default 2, sharp on a dense screen. */
  readonly scale?: number;
  /** Width in pixels instead of a scale. */
  readonly width?: number;
}

/** Colours of a PNG: figures have few, so that a palette makes the file less than half as large and nobody sees it. */
const COLORS = 256;

/** Most pixels of an image, which takes some 26 bytes for each while it is made: more would end the renderer by a trap. */
const MOST_PIXELS = 32e6;

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
  if (size.scale !== undefined && size.width !== undefined) {
    throw new RangeError("A PNG takes a scale or a width, not both: leave one of them out");
  }
  const [mode, value] = size.width === undefined
    ? ["zoom", size.scale ?? 2] as const
    : ["width", size.width] as const;
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`A PNG's scale or width must be a positive number, not ${value}`);
  }
  const fontBuffers = await loadRenderer();
  const renderer = new Resvg(svg, {
    fitTo: { mode, value },
    background: "white",
    font: { fontBuffers, loadSystemFonts: false, defaultFontFamily: BUNDLED_FAMILY },
  });
  try {
    checkSize(renderer, mode === "zoom" ? value : value / renderer.width);
    const image = render(renderer);
    const { pixels, width, height } = image;
    const png = new Uint8Array(UPNG.encode([pixels.slice().buffer], width, height, COLORS));
    image.free();
    return png;
  } finally {
    renderer.free();
  }
}

function checkSize({ width, height }: InstanceType<typeof Resvg>, scale: number): void {
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  if (across * down <= MOST_PIXELS) return;
  throw new RangeError(
    `A PNG of ${across} × ${down} pixels is too large, at most ${MOST_PIXELS / 1e6} million are ` +
      "drawn: choose a smaller scale, or draw less in one figure",
  );
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

/** The bytes of the bundled faces: regular, bold, oblique; reading them needs `--allow-read`. */
export function readFonts(): Promise<Uint8Array[]> {
  // Each written out: publishing rewrites such names to npm's, but only where it can read them.
  const faces = [
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf"),
  ];
  return Promise.all(faces.map((face) => Deno.readFile(new URL(face))));
}
