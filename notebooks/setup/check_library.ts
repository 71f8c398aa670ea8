/** Whether the library, its packages and the font of its figures load without a network, and whether packages can be fetched. */

import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { ifThere } from "../../lib/files/list_files.ts";
import type { Finding } from "./finding.ts";
import type { Machine } from "./machine.ts";

const PROBE = fileURLToPath(import.meta.resolve("./draw_probe.ts"));
const USUAL_REGISTRY = "https://registry.npmjs.org/";

/** Loads the library and draws in a process without a network, then asks npm's registry for an answer. */
export async function checkLibrary(machine: Machine): Promise<Finding[]> {
  const registry = await registryOf(machine);
  const [probe, refusal] = await Promise.all([
    machine.run(machine.denoPath, [
      ...["run", "--quiet", "--no-prompt", "--no-check", "--cached-only"],
      ...["--config", join(machine.project, "deno.json"), "--allow-read", "--allow-env", PROBE],
    ]),
    machine.reach(registry),
  ]);
  const library = libraryFinding(probe?.success ?? false, probe?.printed ?? "Deno does not start");
  const isNeeded = library.status === "missing";
  return [library, {
    what: "npm registry",
    ...isNeeded ? {} : { onlyFor: "packages not yet fetched" },
    ...refusal === null
      ? { status: "ok", found: `${registry} answers` }
      : { status: "missing", found: `${registry}: ${refusal}`, remedy: REACH },
  }];
}

const REACH =
  "connect to the network, or name another registry as NPM_CONFIG_REGISTRY; what is in Deno's cache " +
  "works without";

function libraryFinding(success: boolean, printed: string): Finding {
  const what = "library and font";
  if (success) return { what, status: "ok", found: "load from Deno's cache, draw" };
  const said = printed.split("\n").find((line) => /\w/.test(line)) ?? "";
  if (/not found in cache|--cached-only|not cached/i.test(printed)) {
    const remedy = "run deno install in the project's folder while there is a network";
    return { what, status: "missing", found: said, remedy };
  }
  const remedy = "run deno install --reload; if that does not help, clone the project again";
  return { what, status: "broken", found: said, remedy };
}

/** The address of the registry that Deno asks. */
async function registryOf({ variable, project }: Machine): Promise<string> {
  const named = variable("NPM_CONFIG_REGISTRY");
  if (named !== undefined) return named;
  const home = variable("HOME") ?? variable("USERPROFILE");
  for (const folder of [project, ...home === undefined ? [] : [home]]) {
    const text = await ifThere(Deno.readTextFile(join(folder, ".npmrc"))).catch(() => null);
    const [, registry] = text?.match(/^\s*registry\s*=\s*(\S+)/m) ?? [];
    if (registry !== undefined && URL.canParse(registry)) return registry;
  }
  return USUAL_REGISTRY;
}
