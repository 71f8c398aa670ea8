/** A worker that may do no more than it needs. */
import type { WorkPermissions } from "./permissions_of.ts";

/**
 * Start a worker that may read what this process may, write and connect where it is allowed to, and start no program, call
 * no native library and import nothing from elsewhere. Workers that it starts may do as much.
 *
 * Deno holds such permissions for unstable: the process needs `--unstable-worker-options`.
 *
 * @param module The address of its module.
 * @param permissions Where it may write and connect.
 */
export function confinedWorker(module: URL, { write, net }: WorkPermissions): Worker {
  return new Worker(module, {
    type: "module",
    deno: {
      permissions: {
        ...{ read: "inherit", env: "inherit", write: [...write], net },
        ...{ run: false, sys: false, ffi: false, import: false },
      },
    },
  });
}
