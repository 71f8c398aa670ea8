/** Type-checking a notebook's module, errors told by cell and line. */

import { pathToFileURL } from "node:url";
import { projectConfig } from "./project_config.ts";
import { placeOf, quote } from "./cell_place.ts";
import type { NotebookModule } from "./notebook_module.ts";
import { NotebookError } from "./notebook.ts";

/**
 * Type-checks a module with `deno check`.
 *
 * @param module The module.
 * @param file Where its text was written to.
 * @throws {NotebookError} With every type error's cell, line and message.
 */
export async function checkModule(
  module: NotebookModule,
  file: string,
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--config", projectConfig, file],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
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
  return described.length > 0 ? described.join("\n") : `${path} does not type-check:\n${report}`;
}

/** The message alone: Deno adds the line it is about and underlines the place. */
function withoutQuote(body: string): string {
  const lines = body.split("\n");
  const underline = lines.findIndex((line) => /^\s*~+\s*$/.test(line));
  return (underline > 0 ? lines.slice(0, underline - 1) : lines).join("\n");
}
