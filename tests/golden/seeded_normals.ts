/** Normal numbers that a text decides, the same on every machine. */

/** `count` standard normal numbers (Box–Muller) that the key decides. */
export function normals(key: string, count: number): Float64Array {
  const values = new Float64Array(count + (count & 1));
  const seed = fnv1a(key);
  for (let i = 0; i < count; i += 2) {
    const { radius, angle } = polar(seed, i);
    values[i] = radius * Math.cos(angle);
    values[i + 1] = radius * Math.sin(angle);
  }
  return values.subarray(0, count);
}

/** Any one of the same numbers by its index, without those before it. */
export function normalAt(key: string): (index: number) => number {
  const seed = fnv1a(key);
  return (index) => {
    const { radius, angle } = polar(seed, index & ~1);
    return radius * (index & 1 ? Math.sin(angle) : Math.cos(angle));
  };
}

function polar(seed: number, index: number): { radius: number; angle: number } {
  return {
    radius: Math.sqrt(-2 * Math.log((mulberry32At(seed, index) + 0.5) / 2 ** 32)),
    angle: 6.283185307179586 * (mulberry32At(seed, index + 1) / 2 ** 32),
  };
}

/** The FNV-1a hash of a text, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Tommy Ettinger's mulberry32 as a stream: whole numbers below 2³². */
export function mulberry32(seed: number): () => number {
  let index = 0;
  return () => mulberry32At(seed, index++);
}

/** Output number `index` of mulberry32, whose state only counts. */
function mulberry32At(seed: number, index: number): number {
  const state = (seed + Math.imul(index + 1, 0x6d2b79f5)) | 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) >>> 0;
}
