/** Where Deno keeps packages: under a home or a cache of a test's own it would fetch them all again. */

/** The value of `DENO_DIR` with which a process finds the packages of this one. */
export async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
