/** Assert that something ends in a plain Error, the kind that is meant for the user. */

import assert from "node:assert/strict";

/** Check that `run` throws or rejects with an `Error` that is none of its subclasses and says `message`. */
export async function throwsError(run: () => unknown, message: RegExp): Promise<void> {
  await assert.rejects(async () => await run(), (error) => {
    assert.equal(Object.getPrototypeOf(error), Error.prototype, String(error));
    assert.match((error as Error).message, message);
    assert.doesNotMatch((error as Error).message, /undefined|\n/);
    return true;
  });
}
