import { EXPONENTIAL_TABLE } from "./exponential_table.ts";

/** 1.5 · 2^52, which added to a number rounds it to a whole one, in the lowest bits. */
const SHIFT = 6755399441055744;

const asDouble = new Float64Array(1);
const asBits = new BigUint64Array(asDouble.buffer);

/** exponential.as in plain TypeScript: e to the power of a number, both in single precision. */
export function exponential(x: number): number {
  const z = Math.max(x, -104) * (1.4426950408889634 * 32);
  asDouble[0] = z + SHIFT;
  const [rounded, r] = [asBits[0]!, z - (asDouble[0] - SHIFT)];
  asBits[0] = EXPONENTIAL_TABLE[Number(rounded & 31n)]! + (rounded << 47n);
  const scale = asDouble[0];
  const cubic = 0.05550361559341535 / 32768 * r + 0.2402284522445722 / 1024;
  const linear = 0.6931471806916203 / 32 * r + 1;
  return Math.fround((cubic * (r * r) + linear) * scale);
}
