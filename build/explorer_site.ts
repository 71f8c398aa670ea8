/** The files of the explorer: a folder for any static host, and one page that needs nothing beside it. */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { EXPLORER_STYLE } from "../lib/explorer/page/style.ts";
import { FileSet } from "../lib/files/file_set.ts";
import { nearestName } from "../lib/messages/nearest_name.ts";
import { shown } from "../lib/messages/shown.ts";
import { bundleForBrowser } from "./browser_bundle.ts";

/** The bundled models. */
export const SUITE = new URL("../data/suite/", import.meta.url);

/** The model inside the page that stands alone. */
export const INSIDE = "nano-32";

/** Hosts of the hub: the second serves the bytes of large files. */
const HUB = "https://huggingface.co https://*.hf.co https://*.huggingface.co";

/** A model's files that the page reads. */
const MODEL_FILE = /^(model\.safetensors|config\.json|scores\.csv)$/;

/** What pages of the explorer are made of. */
export interface ExplorerParts {
  /** The code as one script. */
  readonly code: string;
  readonly style: string;
}

/** Bundle the code of the explorer. */
export async function explorerParts(): Promise<ExplorerParts> {
  const code = await bundleForBrowser("lib/explorer/explorer.ts", { format: "iife" });
  return { code, style: EXPLORER_STYLE };
}

/**
 * What a page may do: its own code and style, workers of that code, and the hub; nothing else.
 *
 * @param script Where code may come from, by address or by digest.
 * @param style The same of the style sheet.
 * @param own Whether files beside the page are read.
 */
export function contentPolicy(
  { script, style, own, endpoint }: {
    readonly script: string;
    readonly style: string;
    readonly own: boolean;
    /** The hub's address, where it is not the usual one. */
    readonly endpoint?: string;
  },
): string {
  return [
    "default-src 'none'",
    `script-src ${script} 'wasm-unsafe-eval'`,
    `worker-src ${own ? "'self' " : ""}blob:`,
    `style-src ${style}`,
    "img-src blob: data:",
    `connect-src ${own ? "'self' " : ""}${HUB}${
      endpoint === undefined ? "" : ` ${anyPort(endpoint)}`
    }`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** A hub of one's own and its store, which has another port. */
function anyPort(endpoint: string): string {
  const { protocol, hostname } = new URL(endpoint);
  return `${protocol}//${hostname}:*`;
}

/** Paths and addresses of the files of the bundled models. */
export type ModelFiles = Readonly<
  Record<string, Readonly<Record<string, { readonly href: string }>>>
>;

/** The bundled models, each file by its path in the model's folder, with its address below `prefix`. */
export async function listModels(suite: URL, prefix: string): Promise<ModelFiles> {
  const models: Record<string, Record<string, { href: string }>> = {};
  const names = (await Array.fromAsync(Deno.readDir(suite))).filter(({ isDirectory }) =>
    isDirectory
  )
    .map(({ name }) => name).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  for (const model of names) {
    const paths = await modelPaths(new URL(`${model}/`, suite));
    models[model] = Object.fromEntries(
      paths.map((path) => [path, { href: `${prefix}${model}/${path}` }]),
    );
  }
  return models;
}

async function modelPaths(folder: URL, inside = ""): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(inside, folder))) {
    if (isDirectory) paths.push(...await modelPaths(folder, `${inside}${name}/`));
    else if (MODEL_FILE.test(name)) paths.push(inside + name);
  }
  return paths.sort();
}

/** The page that reads its code, its style and its models from beside it. */
export function sitePage(models: ModelFiles, endpoint?: string): string {
  const policy = contentPolicy({
    ...{ script: "'self'", style: "'self'", own: true },
    ...endpoint !== undefined && { endpoint },
  });
  return page({
    policy,
    models,
    style: '<link rel="stylesheet" href="explorer.css">',
    code: '<script id="code" src="explorer.js"></script>',
    ...endpoint !== undefined && { endpoint },
  });
}

/** The page that stands alone, with one model inside. */
export async function singlePage(
  { code, style }: ExplorerParts,
  suite: URL,
  hash = "",
): Promise<string> {
  const folder = new URL(`${INSIDE}/`, suite);
  const files = Object.fromEntries(
    await Promise.all((await modelPaths(folder)).map(async (path) => {
      const bytes = await Deno.readFile(new URL(path, folder));
      return [path, { base64: bytes.toBase64() }] as const;
    })),
  );
  const text = code.replaceAll("</script", "<\\/script");
  const policy = contentPolicy({ script: digestOf(text), style: digestOf(style), own: false })
    .replace("script-src ", "script-src blob: ");
  return page({
    policy,
    models: { [INSIDE]: files },
    style: `<style>${style}</style>`,
    code: `<script id="code">${text}</script>`,
    hash,
  });
}

/** What a policy names a text by. */
function digestOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function page(
  { policy, models, style, code, endpoint = "", hash = "" }: {
    readonly policy: string;
    readonly models: object;
    readonly style: string;
    readonly code: string;
    readonly endpoint?: string;
    readonly hash?: string;
  },
): string {
  const data = JSON.stringify(models).replaceAll("<", "\\u003c");
  const attribute = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>NeuroMFA explorer</title>
<link rel="icon" href="data:,">
${style}
</head>
<body>
<div id="explorer" data-endpoint="${attribute(endpoint)}" data-hash="${
    attribute(hash)
  }"><noscript>The explorer needs JavaScript.</noscript></div>
<script type="application/json" id="models">${data}</script>
${code}
</body>
</html>
`;
}

/** The models of a static site unless others are named: one of each kind and size that is no larger than 10 MB. */
export const SITE_MODELS = ["nano-32", "nano-48", "nano-64", "nano-mlp", "nano-cnn"] as const;

/**
 * Write the static site into a folder, all of it or nothing.
 *
 * @param models Which bundled models it has.
 * @throws {Error} If one of them is not there.
 */
export async function writeSite(
  folder: string,
  models: readonly string[] = SITE_MODELS,
): Promise<void> {
  const all = await listModels(SUITE, "models/");
  for (const model of models) {
    if (Object.hasOwn(all, model)) continue;
    const nearest = nearestName(model, Object.keys(all));
    throw new Error(`there is no bundled model ${shown(model)}; did you mean ${shown(nearest)}?`);
  }
  const listed = Object.fromEntries(Object.entries(all).filter(([name]) => models.includes(name)));
  const parts = await explorerParts();
  await using files = new FileSet();
  for (const [model, own] of Object.entries(listed)) {
    for (const path of Object.keys(own)) {
      const bytes = await Deno.readFile(new URL(`${model}/${path}`, SUITE));
      await files.add(join(folder, "models", model, path), bytes);
    }
  }
  await files.add(join(folder, "explorer.js"), parts.code);
  await files.add(join(folder, "explorer.css"), parts.style);
  await files.add(join(folder, "explorer.html"), await singlePage(parts, SUITE));
  await files.add(join(folder, "index.html"), sitePage(listed));
  await files.commit();
}
