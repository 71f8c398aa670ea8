/**
 * `deno task doctor`: says what of this machine is ready for the notebooks, what is missing or broken, and what to do. It imports
 * no package, so that it runs where none can be fetched.
 */

import { fileURLToPath } from "node:url";
import { examine } from "./checks.ts";
import { findingsText, needed } from "./finding.ts";
import { thisMachine } from "./machine.ts";

const HELP = `Says what of this machine is ready for the notebooks, and what to do where it is not.

Usage: deno task doctor

It changes nothing. The exit code is 1 if something that everything needs is
missing or broken; what only some need is told apart.
`;

if (import.meta.main) {
  const [argument] = Deno.args;
  if (argument === "--help") {
    console.log(HELP);
  } else if (argument !== undefined) {
    console.error(`deno task doctor takes no "${argument}": see --help`);
    Deno.exit(1);
  } else {
    const findings = await examine(thisMachine(fileURLToPath(new URL("../..", import.meta.url))));
    console.log(findingsText(findings));
    Deno.exit(needed(findings).length > 0 ? 1 : 0);
  }
}
