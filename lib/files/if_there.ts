/** A file or folder that need not be there. */

/**
 * What is done with a file or folder gives, or `null` where it is not there: `await ifThere(Deno.remove(path))` removes a
 * file or leaves it at that, `await ifThere(Deno.readTextFile(path))` is its text or `null`.
 */
export async function ifThere<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
