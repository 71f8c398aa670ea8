/** What was read of models on a hub, kept in the folder of Hugging Face's tools. */

import { join } from "node:path";
import { ifThere } from "../../files/list_files.ts";
import { readText } from "../../files/read_file.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import type { ByteSource } from "../byte_source.ts";
import { openLocalFile } from "../local_file.ts";
import { type HubEnvironment, hubEnvironment } from "./hub_environment.ts";
import type { ListedFile } from "./listed_file.ts";
import type { HubAccess, HubStore } from "./hub_store.ts";
import { RangeStore } from "./range_store.ts";

/** The hub that the environment names, with its cache on this disk. */
export async function diskAccess(
  environment: HubEnvironment | Promise<HubEnvironment> = hubEnvironment(),
): Promise<HubAccess> {
  const { endpoint, token, offline, cache } = await environment;
  return { endpoint, token, offline, store: (repository) => diskStore(cache, repository) };
}

function diskStore(cache: string, repository: string): HubStore {
  const name = cacheName(repository), folder = join(cache, "neuromfa", name);
  return {
    place: folder,
    answer: (name) => ifThere(readText(join(folder, name))),
    keepAnswer: (name, text) => writeWholeFile(join(folder, name), text),
    ranges: ({ content, size }) => new RangeStore(join(folder, "content", `${content}-${size}`)),
    downloaded: (commit, file) =>
      openDownloaded(join(cache, name, "snapshots", commit, ...file.path.split("/")), file),
  };
}

/** The name that Hugging Face's tools give a model's folder in their cache. */
function cacheName(repository: string): string {
  return `models--${repository.replace("/", "--")}`;
}

async function openDownloaded(
  path: string,
  { size, content }: ListedFile,
): Promise<ByteSource | null> {
  const info = await Deno.stat(path).catch(() => null);
  if (!info?.isFile || info.size !== size) return null;
  const file = openLocalFile(path);
  const [kind, hex] = content.split("-");
  return kind === "sha256" ? { ...file, digest: () => Promise.resolve(hex!) } : file;
}
