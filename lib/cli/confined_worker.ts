/** A worker that may do no more than it needs, and what it and the launcher say to each other. */

import type { WorkPermissions } from "./permissions_of.ts";

/** What the launcher sends to the work. */
export type WorkOrder =
  | { readonly kind: "start"; readonly args: readonly string[] }
  | { readonly kind: "stop" };

/** What the work reports to the launcher. */
export type WorkReport =
  | {
    /** From now on a stop leaves something behind that a later run goes on from. */
    readonly kind: "unfinished";
    /** What is to be said then; `null` if nothing is left behind. */
    readonly line: string | null;
    /** The folder in which it has claims then. */
    readonly folder: string | null;
  }
  | { readonly kind: "ended"; readonly code: number };

/**
 * Start a worker that may read what this process may, write and connect where it is allowed to,
 * start the programs that it is allowed to, none as a rule, call no native library and import
 * nothing but from where its module is. Workers that it starts may do as much. Deno holds such
 * permissions for unstable: the process needs `--unstable-worker-options`.
 */
export function confinedWorker(module: URL, { write, net, run }: WorkPermissions): Worker {
  return new Worker(module, {
    type: "module",
    deno: {
      permissions: {
        ...{ read: "inherit", env: "inherit", write: [...write], net },
        ...{ run: run ? [...run] : false, sys: false, ffi: false, import: hostOf(module) },
      },
    },
  });
}

/** Where a module is imported from, and what it imports and starts is too; `false` for a file, whose imports are files. */
function hostOf({ protocol, hostname, port }: URL): string[] | false {
  if (protocol === "file:") return false;
  // With its port, as Deno's own list has it: a host alone would be every port of it, and more than this process may.
  return [`${hostname}:${port || (protocol === "https:" ? 443 : 80)}`];
}
