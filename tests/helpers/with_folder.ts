/** A folder for the time of a test. */

/** Run a test with the path of a new empty folder, which is removed at the end. */
export async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "neuromfa-test-" });
  const remove = () => Deno.remove(folder, { recursive: true });
  try {
    await test(folder);
  } catch (error) {
    // A process that the test has left behind may still write there: its failure is what counts.
    await remove().catch(() => {});
    throw error;
  }
  await remove();
}
