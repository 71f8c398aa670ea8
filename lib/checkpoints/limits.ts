/** How much a file of weights may hold beside the weights; checked before memory is spent on it. */

/** Longest header, index or pickle that is read, in bytes; the limit that the library of safetensors sets. */
export const MAXIMUM_HEADER_BYTES = 100_000_000;

/**
 * The most tensors of a file, and of an index. Models with hundreds of experts in each layer have up to some 200,000, in many
 * files; each costs a kilobyte of memory while it is looked over.
 */
export const MOST_TENSORS = 300_000;

/** Refuse a file that lists more tensors than {@linkcode MOST_TENSORS}. */
export function checkTensorCount(count: number, source: string): void {
  if (count <= MOST_TENSORS) return;
  throw new Error(
    `${source} lists ${count} tensors, more than any model's file (${MOST_TENSORS}); get it again`,
  );
}

/** Whether a value from a file is a size or a count. */
export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
