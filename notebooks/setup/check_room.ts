/** Whether there is room in memory and on the disk. */

import { readableBytes } from "../../lib/checkpoints/hub/readable.ts";
import type { Finding } from "./finding.ts";
import type { Machine } from "./machine.ts";

/** Bytes that the largest notebook takes with its kernel. */
export const LEAST_MEMORY = 1.5e9;
/** Bytes that the results of all notebooks take, twice while they are replaced. */
export const LEAST_DISK = 2e8;

/** Compares what is free with what the notebooks on bundled models take. */
export async function checkRoom(machine: Machine): Promise<Finding[]> {
  const [memory, disk] = await Promise.all([
    machine.freeMemory(),
    machine.freeDisk(machine.project),
  ]);
  return [
    room("memory", memory, LEAST_MEMORY, "close programs, or restart kernels of other notebooks"),
    room("disk", disk, LEAST_DISK, "remove files, or copy the project to another disk"),
  ];
}

function room(what: string, free: number, least: number, remedy: string): Finding {
  const found = `${readableBytes(free)} free`;
  if (free >= least) return { what, status: "ok", found };
  return { what, status: "missing", found: `${found}, less than ${readableBytes(least)}`, remedy };
}
