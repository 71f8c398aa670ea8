/** A printed width in words. */

/** The least width that a figure can be laid out for, a column of a paper, and the largest, in inches. */
export const LEAST_WIDTH = 3.25, MOST_WIDTH = 40;

/** Units by how many of them are an inch. */
const UNITS: Readonly<Record<string, number>> = { in: 1, cm: 2.54, mm: 25.4, pt: 72, px: 96 };

/** The CSS pixels, 96 an inch, of a width such as `3.25in`, or `null` where it is none or out of bounds. */
export function widthOf(word: string): number | null {
  const [, digits, unit] = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*(in|cm|mm|pt|px)\s*$/i.exec(word) ?? [];
  if (digits === undefined) return null;
  const inches = Number(digits) / UNITS[unit!.toLowerCase()]!;
  const fits = inches >= LEAST_WIDTH - 1e-9 && inches <= MOST_WIDTH + 1e-9;
  return fits ? Number((inches * 96).toFixed(4)) : null;
}
