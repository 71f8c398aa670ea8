/** The number formats that a safetensors file can name. */

import type { FloatType } from "./checkpoint.ts";

/** Bytes of one value of each safetensors number format. */
export const bytesPerValue: ReadonlyMap<string, number> = new Map([
  ["F64", 8],
  ["I64", 8],
  ["U64", 8],
  ["C64", 8],
  ["F32", 4],
  ["I32", 4],
  ["U32", 4],
  ["F16", 2],
  ["BF16", 2],
  ["I16", 2],
  ["U16", 2],
  ["F8_E5M2", 1],
  ["F8_E4M3", 1],
  ["F8_E5M2FNUZ", 1],
  ["F8_E4M3FNUZ", 1],
  ["F8_E8M0", 1],
  ["I8", 1],
  ["U8", 1],
  ["BOOL", 1],
]);

/** The number formats whose values can be read as weights. */
export const floatTypes: readonly FloatType[] = ["F64", "F32", "F16", "BF16"];

/** Whether a stored number format is one whose values can be read as weights. */
export function isFloatType(dtype: string): dtype is FloatType {
  return (floatTypes as readonly string[]).includes(dtype);
}
