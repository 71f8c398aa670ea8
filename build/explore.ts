/** `deno task explore`: serves the explorer on this machine and opens it, or writes it as a static site. */

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runTask } from "../lib/cli/run_task.ts";
import { integer, names, onOff, text } from "../lib/options/option.ts";
import { FlagError, parseFlags } from "../lib/cli/parse_flags.ts";
import { helpText } from "../lib/cli/help_text.ts";
import {
  contentPolicy,
  type ExplorerParts,
  explorerParts,
  listModels,
  SITE_MODELS,
  sitePage,
  SUITE,
} from "./explorer_site.ts";

const EXPLORE = {
  name: "deno task explore",
  summary: "Serves the explorer on this machine alone and opens it in a browser.",
  options: {
    build: text({
      help:
        "folder that a static site is written to, with explorer.html, one file that stands alone",
      otherwise: "nothing is written, the page is served",
    }),
    models: names({
      help: "with --build, the bundled models of the site",
      otherwise: SITE_MODELS.join(", "),
    }),
    port: integer({
      min: 0,
      max: 65535,
      help: "port of the server",
      otherwise: "any that is free",
    }),
    noOpen: onOff({ help: "print the address, and open no browser" }),
  },
};

/** Types of the files that are served, by their endings. */
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  json: "application/json",
};

/** The programs that open an address, by system; elsewhere it is printed. */
const OPENERS: Readonly<Record<string, readonly string[]>> = {
  linux: ["xdg-open"],
  darwin: ["open"],
};

/** What answers a request for a part of the explorer. */
export async function explorerServer(
  parts: ExplorerParts,
  endpoint?: string,
): Promise<(request: Request) => Promise<Response>> {
  const models = await listModels(SUITE, "models/");
  const policy = contentPolicy({
    ...{ script: "'self'", style: "'self'", own: true },
    ...endpoint !== undefined && { endpoint },
  });
  const own: Readonly<Record<string, string>> = {
    "/": sitePage(models, endpoint),
    "/index.html": sitePage(models, endpoint),
    "/explorer.js": parts.code,
    "/explorer.css": parts.style,
  };
  const known = new Set(
    Object.entries(models).flatMap(([model, files]) =>
      Object.keys(files).map((path) => `/models/${model}/${path}`)
    ),
  );
  return async (request) => {
    const { pathname, hostname } = new URL(request.url);
    const headers = (ending: string) => ({
      "content-type": TYPES[ending] ?? "application/octet-stream",
      "content-security-policy": `${policy}; frame-ancestors 'none'`,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    // Another site must not reach it under a name of its own.
    if (hostname !== "127.0.0.1" && hostname !== "localhost") {
      return new Response("the explorer is served to this machine alone\n", { status: 403 });
    }
    if (request.method !== "GET") return new Response("only GET\n", { status: 405 });
    const ending = pathname === "/" ? "html" : pathname.split(".").at(-1)!;
    if (own[pathname] !== undefined) {
      return new Response(own[pathname], { headers: headers(ending) });
    }
    if (!known.has(pathname)) return new Response("there is no such file\n", { status: 404 });
    const path = new URL(pathname.slice("/models/".length), SUITE);
    return new Response(await Deno.readFile(path), { headers: headers(ending) });
  };
}

/** Open an address in a browser; whether that could be tried. */
async function openBrowser(address: string): Promise<boolean> {
  const [program, ...args] = OPENERS[Deno.build.os] ?? [];
  if (program === undefined) return false;
  try {
    const { success } = await new Deno.Command(program, {
      ...{ args: [...args, address], stdin: "null", stdout: "null", stderr: "null" } as const,
    }).output();
    return success;
  } catch {
    return false;
  }
}

/** Write the site by a process that may write to its folder: the server may write nowhere but to what it bundles in. */
async function buildSite(folder: string, models: readonly string[] = SITE_MODELS): Promise<void> {
  const place = resolve(folder);
  if (place.includes(",")) {
    throw new Error(`${folder} has a comma in its path, which permissions of Deno cannot name`);
  }
  const project = fileURLToPath(new URL("..", import.meta.url));
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--allow-read", `--allow-write=${place},dist`],
      ...["--allow-env=TSC_*,NODE_*,VSCODE_INSPECTOR_OPTIONS", `--allow-run=${Deno.execPath()}`],
      ...["build/write_site.ts", place, ...models],
    ],
    ...{ cwd: project, stdin: "null", stdout: "inherit", stderr: "inherit" } as const,
  }).output();
  if (!success) Deno.exit(1);
  console.log(
    `wrote ${folder}/index.html for a static host, with ${models.join(", ")}, ` +
      `and ${folder}/explorer.html, which stands alone`,
  );
}

async function explore(args: readonly string[]): Promise<void> {
  // The flag is written as elsewhere, and as it usually is.
  const line = parseFlags(EXPLORE, args.map((word) => word === "--no-open" ? "--no_open" : word));
  if (line === "help") return console.log(helpText(EXPLORE));
  const { build, models, port, noOpen } = line.values;
  if (build !== undefined) return await buildSite(build, models);
  if (models !== undefined) {
    throw new FlagError("--models is about a site that --build writes; the server has all of them");
  }
  const answer = await explorerServer(
    await explorerParts(),
    Deno.env.get("HF_ENDPOINT") || undefined,
  );
  const server = Deno.serve({ hostname: "127.0.0.1", port: port ?? 0, onListen: () => {} }, answer);
  const address = `http://127.0.0.1:${server.addr.port}/`;
  console.log(`the explorer is at ${address} until Ctrl-C`);
  if (!noOpen && !await openBrowser(address)) {
    console.log("no browser could be opened; open that address in one");
  }
  await server.finished;
}

if (import.meta.main) await runTask(explore);
