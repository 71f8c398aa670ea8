/** How many tensors a file may list. */

/**
 * The most tensors of a file, and of an index. Models with hundreds of experts in each layer have up to some 200,000, in many
 * files; each costs a kilobyte of memory while it is looked over.
 */
export const MOST_TENSORS = 300_000;

/**
 * Check how many tensors a file lists.
 *
 * @param count How many.
 * @param source The file's name, for messages.
 * @throws {Error} If they are more than {@linkcode MOST_TENSORS}.
 */
export function checkTensorCount(count: number, source: string): void {
  if (count <= MOST_TENSORS) return;
  throw new Error(
    `${source} lists ${count} tensors, more than any model's file (${MOST_TENSORS}); get it again`,
  );
}
