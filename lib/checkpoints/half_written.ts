/** A checkpoint whose writing was interrupted, or still goes on. */

const found = new WeakSet<Error>();

/** An error that says that the weights of a checkpoint, or a part of them, are not there. */
export function halfWritten(message: string): Error {
  const error = new Error(message);
  found.add(error);
  return error;
}

/** Whether an error, or what caused it, says that a part of the weights is not there. */
export function isHalfWritten(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; depth++) {
    if (found.has(cause)) return true;
    cause = cause.cause;
  }
  return false;
}
