/** Where scores of published models are, and where those downloaded are kept. */
import { isAbsolute, join } from "node:path";
import { pythiaRepository } from "./pythia_evals.ts";

/** The address in the environment variable `NEUROMFA_EVALS_URL`, or else the repository on GitHub. */
export function evalsSource(): string {
  return Deno.env.get("NEUROMFA_EVALS_URL") || pythiaRepository;
}

/** Whether a source of scores is an address, and not a folder. */
export function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** The folder `neuromfa/evals` in `XDG_CACHE_HOME` or in `~/.cache`. */
export function evalsCache(): string {
  const base = Deno.env.get("XDG_CACHE_HOME") ?? "";
  // The XDG specification has relative paths ignored.
  // The homedir() of node:os would need a permission of its own.
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE") ?? ".";
  return join(isAbsolute(base) ? base : join(home, ".cache"), "neuromfa", "evals");
}
