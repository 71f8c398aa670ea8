/** Whether the numbers of a value make sense. */

/** How many parts of a value are looked at. */
const MOST_PARTS = 20_000;

/**
 * What is wrong with the numbers in a value, `null` if nothing is: an infinity, or NaN in an object whose `status` is
 * `ok` or that has none.
 */
export function numbersFault(value: unknown): string | null {
  const stack = [{ value, path: "value", isExplained: false }];
  for (let looked = 0; stack.length > 0 && looked < MOST_PARTS; looked++) {
    const { value, path, isExplained } = stack.pop()!;
    if (typeof value === "number") {
      if (Number.isFinite(value) || (Number.isNaN(value) && isExplained)) continue;
      return `${path} is ${value}`;
    }
    if (typeof value !== "object" || value === null) continue;
    const status = "status" in value ? value.status : undefined;
    const inside = status === undefined ? isExplained : status !== "ok";
    const entries = value instanceof Map
      ? value
      : ArrayBuffer.isView(value)
      ? []
      : Object.entries(value);
    for (const [key, part] of entries) {
      stack.push({ value: part, path: `${path}.${String(key).slice(0, 40)}`, isExplained: inside });
    }
  }
  return null;
}
