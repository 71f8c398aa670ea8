/** Deno's Jupyter API, as far as it is used here. */

/** What exists in a kernel only. */
export interface Jupyter {
  /** Sends a message to all clients of the kernel; Deno 2.9.6 returns nothing, whatever its types say. */
  broadcast(
    type: "display_data" | "update_display_data",
    content: Record<string, unknown>,
  ): Promise<void> | void;
}

/** The API, `undefined` anywhere but in a kernel, where reading it throws. */
export function kernel(): Jupyter | undefined {
  try {
    return (Deno as unknown as { jupyter?: Jupyter }).jupyter;
  } catch {
    return undefined;
  }
}

/** Waits until what was broadcast has left: the kernel reports itself idle before, and clients then stop listening. */
export function whenSent(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
