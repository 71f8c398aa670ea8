/** How long the explorer takes to draw again in Chromium. */

import { fileURLToPath } from "node:url";

/** Milliseconds by the clock. */
export interface Redraw {
  /** From a movement of the threshold to E of nano-64 redrawn, 21 steps × 3 samples; median. */
  readonly redraw: number;
  /** The longest frame meanwhile. */
  readonly frame: number;
}

/** Time it in a process of its own, for what drives Chromium needs all permissions; `null` where there is no Chromium. */
export async function timeExplorer(): Promise<Redraw | null> {
  const script = fileURLToPath(new URL("../browser/measure_redraw.ts", import.meta.url));
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    ...{ args: ["run", "--no-check", "--allow-all", script], stderr: "null" } as const,
  }).output();
  return success ? JSON.parse(new TextDecoder().decode(stdout)) : null;
}
