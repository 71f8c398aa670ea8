import assert from "node:assert/strict";
import type { Flags } from "../../lib/cli/analysis_flags.ts";
import { COMMAND } from "../../lib/cli/neuromfa_flags.ts";
import { parseFlags } from "../../lib/cli/parse_flags.ts";

/** The values of a command line. */
export function flags(...args: string[]): Flags {
  const values = parseFlags(COMMAND, args);
  assert.notEqual(values, "help");
  return values as Flags;
}
