/** Read one pickle of a file and say in which file it is damaged. */

import { type PickleBytes, PickleEnded } from "./pickle_bytes.ts";
import { type Pickle, readPickle } from "./read_pickle.ts";

/**
 * The pickle that begins at the bytes' position.
 *
 * @param source The file's name, for messages.
 * @throws {Error} that begins with the file's name, if the pickle asks for what is not allowed or is damaged;
 * caused by a `PickleEnded` if the bytes end first.
 */
export function readNamedPickle(bytes: PickleBytes, source: string): Pickle {
  try {
    return readPickle(bytes);
  } catch (cause) {
    const what = cause instanceof PickleEnded
      ? "is truncated or damaged: its pickle ends too early; get it again"
      : (cause as Error).message;
    throw new Error(`${source} ${what}`, { cause });
  }
}
