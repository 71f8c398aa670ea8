/** From SVG text to PNG bytes by the browser itself, with the fonts that it has. */

/// <reference lib="dom" />

import { BUNDLED_FAMILY, FONT_FAMILY } from "./font_family.ts";
import type { PngSize } from "./to_png.ts";

export { BUNDLED_FAMILY, FONT_FAMILY };

/** Draws SVG text as a PNG on a white ground. */
export async function toPng(
  svg: string,
  { scale, width }: PngSize = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const zoom = scale ?? (width === undefined ? 2 : width / image.naturalWidth);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * zoom);
    canvas.height = Math.round(image.naturalHeight * zoom);
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error("this browser could not draw the picture; save the SVG");
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The browser has its own fonts. */
export function readFonts(): Promise<Uint8Array[]> {
  return Promise.resolve([]);
}
