/** Type-checking a notebook's module, errors told by cell and line. */

import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { placeOf, quote } from "./cell_place.ts";
import { OFFLINE_RUN, startDeno } from "./deno_process.ts";
import type { NotebookModule } from "./notebook_module.ts";
import { NotebookError } from "./notebook.ts";

/**
 * Type-checks a module. It does not run, and nothing is fetched for it.
 *
 * @param module The module.
 * @param file Where its text was written to; a file is put beside it.
 * @param signal Stops the check when it aborts.
 * @throws {NotebookError} With every type error's cell, line and message, or with an import that is not in Deno's cache.
 */
export async function checkModule(
  module: NotebookModule,
  file: string,
  signal?: AbortSignal,
): Promise<void> {
  // `deno check` fetches packages whatever flags it gets; a program that imports only types runs none of what it checks.
  const program = join(dirname(file), "check.ts");
  const cells = JSON.stringify(`./${basename(file)}`);
  await Deno.writeTextFile(
    program,
    `import type * as cells from ${cells};\nexport type { cells };\n`,
  );
  const process = startDeno([...OFFLINE_RUN, "--check", program], { signal });
  const { success, stdout, stderr } = await process.output();
  signal?.throwIfAborted();
  if (success) return;
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  throw new NotebookError(describeErrors(module, file, text));
}

/** Deno's report with each error of the module led back to its cell. */
function describeErrors(module: NotebookModule, file: string, report: string): string {
  const { path } = module.notebook;
  const errors = report.matchAll(/^(?:TS\d+ )?\[ERROR\]: (.*?)\n\s*at (file:\S+?):(\d+):\d+$/gms);
  const described = [...errors].map(([, body, url, line]) => {
    const message = withoutQuote(body!);
    if (url !== pathToFileURL(file).href) return `${path} imports ${url}, line ${line}: ${message}`;
    const origin = module.origins[Number(line) - 1];
    return origin ? `${placeOf(module, origin)}: ${message}\n${quote(module, origin)}` : message;
  });
  if (described.length > 0) return described.join("\n");
  const [, missing] = report.match(/not found in cache: "(.*?)", --cached-only/) ?? [];
  if (missing === undefined) return `${path} does not type-check:\n${report.trim()}`;
  const [, line] = report.match(/^\s*at (?:file:\S+?):(\d+):\d+$/m) ?? [];
  const origin = report.includes(pathToFileURL(file).href)
    ? module.origins[Number(line) - 1] ?? undefined
    : undefined;
  const place = origin ? placeOf(module, origin) : path;
  return `${place}: ${missing} is imported but not in Deno's cache, and notebooks run without a network: ` +
    `fetch it before (deno cache)${origin ? `\n${quote(module, origin)}` : ""}`;
}

/** The message alone: Deno adds the line it is about and underlines the place. */
function withoutQuote(body: string): string {
  const lines = body.split("\n");
  const underline = lines.findIndex((line) => /^\s*~+\s*$/.test(line));
  return (underline > 0 ? lines.slice(0, underline - 1) : lines).join("\n");
}
