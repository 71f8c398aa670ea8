/** Hosts that this process may not connect to. */

/**
 * What to throw in place of an error of `fetch`: where something redirected to a host that the process may not connect to,
 * a sentence that says so; else the error itself.
 *
 * @param error What was thrown.
 */
export function hostRefused(error: unknown): unknown {
  if (!(error instanceof Deno.errors.NotCapable)) return error;
  const [, host = "a host"] = /net access to "([^"]+)"/.exec(error.message) ?? [];
  return new Error(
    `this run may not connect to ${host}, because no flag or variable names that host; ` +
      "if something redirects to it, name its address in --evals or HF_ENDPOINT",
    { cause: error },
  );
}
