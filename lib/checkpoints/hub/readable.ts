/** Sizes and times for people. */

/** A number of bytes with three digits and a decimal unit, e.g. `130 MB`. */
export function readableBytes(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = bytes;
  while (value >= 999.5 && units.length > 1) {
    value /= 1000;
    units.shift();
  }
  return `${Number(value.toPrecision(3))} ${units[0]}`;
}

/** A time in seconds, minutes or hours, e.g. `3 min`. */
export function readableSeconds(seconds: number): string {
  if (seconds < 1) return "less than a second";
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
