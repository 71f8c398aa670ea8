/** Numbers as they are printed. */

/** A number in words with a true minus sign, and none before a zero. */
export function signed(number: string): string {
  return number.replace(/^-/, Number(number) === 0 ? "" : "−");
}

/** A number for a small cell: two decimals, without a 0 before them. */
export function short(value: number): string {
  return signed(value.toFixed(2)).replace(/^(−?)0\./, "$1.");
}
