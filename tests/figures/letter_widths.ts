/** How wide the bundled font draws a text, from its tables. */

import { readFonts } from "../../lib/figures/render/read_fonts.ts";

const [regular, bold] = (await readFonts()).map(advances);

/** The width of a text in units of the font size. */
export function textWidth(text: string, isBold: boolean): number {
  const advance = isBold ? bold! : regular!;
  return [...text].reduce((sum, letter) => sum + advance(letter.codePointAt(0)!), 0);
}

/** Reads `cmap` (its table of format 12) and `hmtx` of a TrueType font. */
function advances(bytes: Uint8Array): (codePoint: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map(Array.from({ length: view.getUint16(4) }, (_, i) => {
    const at = 12 + 16 * i;
    return [String.fromCharCode(...bytes.subarray(at, at + 4)), view.getUint32(at + 8)];
  }));
  const [head, hhea, hmtx, cmap] = ["head", "hhea", "hmtx", "cmap"].map((name) =>
    tables.get(name)!
  ) as [number, number, number, number];
  const unitsPerEm = view.getUint16(head + 18), metrics = view.getUint16(hhea + 34);
  const groups = Array.from(
    { length: view.getUint16(cmap + 2) },
    (_, i) => cmap + view.getUint32(cmap + 8 + 8 * i),
  ).find((at) => view.getUint16(at) === 12)!;
  return (codePoint) => {
    for (let i = 0; i < view.getUint32(groups + 12); i++) {
      const at = groups + 16 + 12 * i, first = view.getUint32(at);
      if (codePoint < first || codePoint > view.getUint32(at + 4)) continue;
      const glyph = view.getUint32(at + 8) + codePoint - first;
      return view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1)) / unitsPerEm;
    }
    throw new RangeError(`The bundled font has no ${String.fromCodePoint(codePoint)}`);
  };
}
