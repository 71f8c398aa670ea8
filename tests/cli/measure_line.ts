import assert from "node:assert/strict";
import { MEASURE, type MeasureLine } from "../../lib/cli/commands.ts";
import { parseFlags } from "../../lib/cli/parse_flags.ts";

/** A command line of `deno task neuromfa`, as read. */
export function measureLine(...args: string[]): MeasureLine {
  const line = parseFlags(MEASURE, args);
  assert.ok(line !== "help");
  return line;
}
