/** Whether something is there. */

/** Whether there is a file or a folder at a path that can be looked at. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
