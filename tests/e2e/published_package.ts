/** The package as a registry serves it: the published files at an address, for programs elsewhere. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import project from "../../deno.json" with { type: "json" };
import { withFolder } from "../helpers/with_folder.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = new TextDecoder();

/** What `deno publish` prints of a publication that is not made. */
export async function publishDryRun(
  ...flags: readonly string[]
): Promise<{ success: boolean; printed: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty", ...flags],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  return { success, printed: text.decode(stdout) + text.decode(stderr) };
}

/** The paths of the files that it lists. */
export function listedFiles(printed: string): string[] {
  const top = root.replaceAll("\\", "/");
  return [...printed.matchAll(/file:\/\/(\S+) \(/g)].map(([, path]) => {
    assert.ok(path!.startsWith(top), path!);
    return path!.slice(top.length);
  });
}

/** An importer of the package. */
export interface Importer {
  /** An empty folder of its own, but for a configuration that names npm's packages as publishing does. */
  readonly folder: string;
  /** Where the package is. */
  readonly address: string;
  /** Run `deno run` there with some flags and a module, and wait for its end. */
  run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }>;
}

/** Serve the published files from 127.0.0.1 for the time of a test. */
export async function withPublishedPackage(
  test: (importer: Importer) => Promise<void>,
): Promise<void> {
  const { success, printed } = await publishDryRun("--no-check");
  assert.ok(success, printed);
  const files = new Set(listedFiles(printed));
  const onListen = () => {};
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, async (request) => {
    const path = new URL(request.url).pathname.slice(1);
    if (!files.has(path)) return new Response(`${path} is not published`, { status: 404 });
    const type = path.endsWith(".ts") ? "text/typescript" : "application/octet-stream";
    return new Response(await Deno.readFile(join(root, path)), {
      headers: { "content-type": path.endsWith(".json") ? "application/json" : type },
    });
  });
  const address = `http://127.0.0.1:${server.addr.port}`;
  await withFolder(async (place) => {
    const folder = join(place, "empty");
    await Deno.mkdir(folder);
    await Deno.writeTextFile(join(folder, "deno.json"), importMap());
    await Deno.copyFile(join(root, "deno.lock"), join(folder, "deno.lock"));
    const cache = await cacheOfItsOwn(place);
    const run = async (...args: readonly string[]) => {
      const output = await new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--no-prompt",
          "--config=deno.json",
          `--allow-import=${new URL(address).host}`,
          ...args,
        ],
        cwd: folder,
        env: { NO_COLOR: "1", DENO_DIR: cache },
        stdin: "null",
      }).output();
      const [stdout, stderr] = [text.decode(output.stdout), text.decode(output.stderr)];
      return { code: output.code, stdout, stderr };
    };
    await test({ folder, address, run });
  });
}

/** A configuration with the packages of npm alone: publishing writes their whole names into the files. */
function importMap(): string {
  const imports = Object.entries(project.imports).filter(([, to]) => to.startsWith("npm:"));
  return JSON.stringify({ nodeModulesDir: "none", imports: Object.fromEntries(imports) });
}

/** Modules at an address that is another each time must not fill the cache of the machine; npm's packages come from there. */
async function cacheOfItsOwn(place: string): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { npmCache } = JSON.parse(text.decode(stdout)) as { npmCache: string };
  const cache = join(place, "cache");
  await Deno.mkdir(cache);
  await Deno.symlink(npmCache, join(cache, "npm"));
  return cache;
}
