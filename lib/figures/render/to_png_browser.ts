/** What a browser gets for `to_png.ts`: its own way to draw an SVG. */

import { pngScale, type PngSize } from "./png_size.ts";

/** What is used of a page; the DOM's own types are not part of Deno's. */
interface Page {
  readonly document: { createElement(name: "canvas"): Canvas };
  readonly Image: new () => Picture;
}

interface Picture {
  src: string;
  readonly width: number;
  readonly height: number;
  decode(): Promise<void>;
}

interface Canvas {
  width: number;
  height: number;
  getContext(kind: "2d"): {
    fillStyle: string;
    fillRect(x: number, y: number, width: number, height: number): void;
    drawImage(picture: Picture, x: number, y: number, width: number, height: number): void;
  };
  toBlob(receive: (blob: Blob | null) => void, type: string): void;
}

/** Draws SVG text as a PNG on a white ground, in the browser's fonts. */
export async function toPng(svg: string, size: PngSize = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { document, Image } = globalThis as unknown as Page;
  const picture = new Image();
  // No blob: its address is another origin's where a page was opened from a file.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const scale = pngScale(size, picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob !== null) return new Uint8Array(await blob.arrayBuffer());
  throw new Error(
    "A PNG could not be drawn, probably for want of memory: choose a smaller scale, or draw less in one figure",
  );
}
