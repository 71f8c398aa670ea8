/** Claims on files, so that two processes do not both do the same work; one that dies leaves none. */

import { dirname, join } from "node:path";
import { writing } from "./system_fault.ts";

/** A claim; it ends when it is disposed of, which may be done twice, or with its process. */
export type Claim = Disposable;

/** How a file is claimed: nothing of it unless given. */
export interface ClaimOptions {
  /** Whether others may claim it as well. */
  readonly isShared?: boolean;
  /** Whether to wait until those that hold it are done. */
  readonly wait?: boolean;
  /** Whether the file is removed when the last claim on it ends. */
  readonly isPassing?: boolean;
}

/** Where a file system numbers its files anew each time, no file is ever the one that was opened. */
const MOST_TRIES = 100;

/** The claims of this process, which end with it however it ends, unless it is killed. */
const claims = new Set<Claim>();

globalThis.addEventListener("unload", endClaims);

let hasEnded = false;

/** End all claims of this thread, which is about to be ended itself; it gets no other. */
export function endClaims(): void {
  hasEnded = true;
  for (const claim of claims) claim[Symbol.dispose]();
}

/** Claim a file, made if need be, by a lock of the system's; `null` if somebody else holds it. Without locks all succeed. */
export async function claimFile(path: string, options: ClaimOptions = {}): Promise<Claim | null> {
  const { isShared = false, wait = false, isPassing = false } = options;
  if (hasEnded) throw new Error("stopped");
  for (let tries = 1;; tries++) {
    let file: Deno.FsFile;
    try {
      file = await writing(path, async () => {
        await Deno.mkdir(dirname(path), { recursive: true });
        return await Deno.open(path, { create: true, write: true, read: true });
      });
    } catch (error) {
      // Its folder may have been removed by its last holder.
      if (!(error instanceof Deno.errors.NotFound) || tries === MOST_TRIES) throw error;
      continue;
    }
    try {
      if (wait) await file.lock(!isShared);
      else if (!await file.tryLock(!isShared)) {
        file.close();
        return null;
      }
    } catch {
      // No locks here.
    }
    // Whoever held it before may have removed it meanwhile: a lock on a file that nobody finds keeps nobody out.
    if (isAt(file, path) || tries === MOST_TRIES) return claimOn(file, path, isPassing);
    file.close();
  }
}

function claimOn(file: Deno.FsFile, path: string, isPassing: boolean): Claim {
  let isOver = false;
  const claim = {
    [Symbol.dispose]() {
      if (isOver) return;
      isOver = true;
      claims.delete(claim);
      if (isPassing && isAlone(file) && isAt(file, path)) {
        try {
          Deno.removeSync(path);
        } catch {
          // The folder may not be written to any more.
        }
      }
      file.close();
    },
  };
  claims.add(claim);
  return claim;
}

/** Whether nobody else holds a claim on the file, or there are no locks here. */
function isAlone(file: Deno.FsFile): boolean {
  try {
    return file.tryLockSync(true);
  } catch {
    return true;
  }
}

/** Whether the file that was opened is still the one at its path. */
function isAt(file: Deno.FsFile, path: string): boolean {
  try {
    const { dev, ino } = Deno.statSync(path), opened = file.statSync();
    return dev === opened.dev && ino === opened.ino;
  } catch {
    return false;
  }
}

/** Remove the files of claims in and below a folder that nobody holds any more; returns how many are left. */
export function removeFreeClaims(folder: string): number {
  let names: Deno.DirEntry[];
  try {
    names = [...Deno.readDirSync(folder)];
  } catch {
    return 0;
  }
  let held = 0;
  for (const { name, isDirectory } of names) {
    const path = join(folder, name);
    if (isDirectory) held += removeFreeClaims(path);
    if (isDirectory || !name.endsWith(".lock")) continue;
    try {
      using file = Deno.openSync(path, { read: true, write: true });
      if (isAlone(file)) Deno.removeSync(path);
      else held++;
    } catch {
      // Somebody else has removed it.
    }
  }
  return held;
}
