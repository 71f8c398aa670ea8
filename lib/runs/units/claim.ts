/** Claims on files, so that two processes do not both do the same work; one that dies leaves none. */
import { dirname } from "node:path";
import { writing } from "../../files/system_fault.ts";

/** A claim; it ends when it is disposed of, which may be done twice, or with its process. */
export type Claim = Disposable;

/** How a file is claimed. */
export interface ClaimOptions {
  /** Whether others may claim it as well; not unless given. */
  readonly isShared?: boolean;
  /** Whether to wait until those that hold it are done; not unless given. */
  readonly wait?: boolean;
  /** Whether the file is removed when the claim ends; not unless given. */
  readonly isPassing?: boolean;
}

/**
 * Claim a file, which is made if need be. The claim is a lock of the operating system's. Where a file system has none,
 * every claim succeeds: work may then be done twice, but units are whole all the same.
 *
 * @returns The claim, or `null` if somebody else holds one and waiting was not asked for.
 * @throws {Error} If the file cannot be made.
 */
export async function claimFile(path: string, options: ClaimOptions = {}): Promise<Claim | null> {
  const { isShared = false, wait = false, isPassing = false } = options;
  const file = await writing(path, async () => {
    await Deno.mkdir(dirname(path), { recursive: true });
    return await Deno.open(path, { create: true, write: true, read: true });
  });
  try {
    const isHeld = wait
      ? await file.lock(!isShared).then(() => true)
      : await file.tryLock(!isShared);
    if (!isHeld) {
      file.close();
      return null;
    }
  } catch {
    // No locks here.
  }
  let isOver = false;
  return {
    [Symbol.dispose]() {
      if (isOver) return;
      isOver = true;
      if (isPassing) {
        try {
          Deno.removeSync(path);
        } catch {
          // Somebody else has removed it.
        }
      }
      file.close();
    },
  };
}
