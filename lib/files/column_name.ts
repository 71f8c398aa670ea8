/** The border between code, where names are camelCase, and tables, where columns are snake_case. */

/**
 * The column of a key: `samplesKept` is `samples_kept`, `alpha0` is `alpha_0` and `eLow` is `E_low`, as in the
 * published tables. Keys that are no camelCase name stay as they are.
 */
export function columnName(key: string): string {
  if (!/^[a-z][A-Za-z0-9]*$/.test(key)) return key;
  return key.replace(/^e(?=[A-Z])/, "E")
    .replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replace(/^E(?=[A-Z])/, "E_")
    .replace(/(?<=[a-z]{2})\d/g, (digit) => `_${digit}`)
    .replace(/^E_(.)/, (_, letter: string) => `E_${letter.toLowerCase()}`);
}

/** The key of a column, for rows that are read back; {@linkcode columnName} of it is the column again. */
export function keyOfColumn(column: string): string {
  if (!/^[A-Za-z][a-z0-9]*(_[a-z0-9]+)+$/.test(column)) return column;
  const key = column.replace(/^E_/, "e_")
    .replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return columnName(key) === column ? key : column;
}
