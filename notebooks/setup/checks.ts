/** All that `deno task doctor` looks at, in the order of its table. */

import { checkDeno } from "./check_deno.ts";
import { checkFonts } from "./check_fonts.ts";
import { checkJupyter } from "./check_jupyter.ts";
import { checkKernel } from "./check_kernel.ts";
import { checkLibrary } from "./check_library.ts";
import { checkRoom } from "./check_room.ts";
import { checkFolders } from "./check_folders.ts";
import type { Finding } from "./finding.ts";
import type { Machine } from "./machine.ts";

/** Looks at everything; nothing is changed or left behind. */
export async function examine(machine: Machine): Promise<Finding[]> {
  const parts = await Promise.all([
    [checkDeno(machine)],
    checkLibrary(machine),
    checkFolders(machine),
    checkRoom(machine),
    checkJupyter(machine),
    checkKernel(machine),
    checkFonts(machine),
  ]);
  return parts.flat();
}
