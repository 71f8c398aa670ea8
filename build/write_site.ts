/** Writes the static site of the explorer: `deno task explore --build DIR` starts it with what it may do. */

import { printableLines } from "../lib/messages/shown.ts";
import { writeSite } from "./explorer_site.ts";

const [folder, ...models] = Deno.args;
try {
  await writeSite(folder!, models);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(printableLines(error.message));
  Deno.exit(1);
}
