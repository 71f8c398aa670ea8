/** Look values up in groups, none of them twice. */

/**
 * A function that gives the values of keys and asks `look` only for those it was never asked for, together.
 */
export function lookUpOnce<Key, Value>(
  look: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (keys: readonly Key[]) => Promise<Value[]> {
  const known = new Map<Key, Value>();
  return async (keys) => {
    const unknown = [...new Set(keys)].filter((key) => !known.has(key));
    const values = unknown.length > 0 ? await look(unknown) : [];
    unknown.forEach((key, i) => known.set(key, values[i]!));
    return keys.map((key) => known.get(key)!);
  };
}
