/** The `deno.json` that notebooks are checked and run with. */

import { fileURLToPath } from "node:url";

/** Path of this project's `deno.json`; the kernel finds the same one above `notebooks/`. */
export const projectConfig: string = fileURLToPath(new URL("../../deno.json", import.meta.url));
