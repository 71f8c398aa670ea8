/** Breaking a text into lines of a figure, since SVG breaks none itself. */

/** Mean advance of a letter of DejaVu Sans, in units of the font size, on the wide side. */
const advance = 0.55;

/**
 * Breaks text between words so that no line is wider than `width`; a longer word keeps a line to itself.
 *
 * @param text The text; runs of white space count as one space.
 * @param width Width in pixels.
 * @param size Font size in pixels.
 */
export function wrapText(text: string, width: number, size: number): string[] {
  const most = Math.floor(width / (advance * size));
  const lines: string[] = [];
  // A number stays with its percent sign.
  for (const word of text.split(/\s+(?!%)/).filter((word) => word !== "")) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
