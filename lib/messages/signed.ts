/** Numbers as a reader sees them. */

/** A number in words with a true minus sign, and none before a zero. */
export function signed(number: string): string {
  return number.replace(/^-/, Number(number) === 0 ? "" : "−");
}
