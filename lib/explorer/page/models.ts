/** The models that come with the page, and files that are given to it. */

/// <reference lib="dom" />

import type { GivenFile } from "../../checkpoints/open_files.ts";

/** The models of a page by name: each file with its bytes in base64, or its address. */
export interface PageModels {
  readonly [model: string]: Readonly<
    Record<string, { readonly base64?: string; readonly href?: string }>
  >;
}

/** The files of a bundled model. */
export async function bundledFiles(
  models: PageModels,
  model: string,
  onFile?: (done: number, total: number) => void,
): Promise<GivenFile[]> {
  const files = models[model];
  if (files === undefined) {
    throw new Error(
      `this page has no model ${model}; it has ${Object.keys(models).join(", ")}`,
    );
  }
  const all = Object.entries(files), given: GivenFile[] = [];
  let done = 0;
  await Promise.all(all.map(async ([path, { base64, href }], i) => {
    const data = href === undefined ? new Blob([bytesOf(base64!)]) : await fetched(href);
    given[i] = { path: `${model}/${path}`, data };
    onFile?.(++done, all.length);
  }));
  return given;
}

async function fetched(href: string): Promise<Blob> {
  const answer = await fetch(href).catch((error) => {
    throw new Error(
      `${href} cannot be read (${error.message}); is the page's server still running?`,
    );
  });
  if (!answer.ok) throw new Error(`${href} cannot be read: the server says ${answer.status}`);
  return await answer.blob();
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The files of a list, such as that of an input. */
export function listedFiles(files: Iterable<File>): GivenFile[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, data: file }));
}

/** The files that were dropped, those of folders with their paths. */
export async function droppedFiles(items: DataTransferItemList): Promise<GivenFile[]> {
  const entries = Array.from(items).map((item) => item.webkitGetAsEntry?.() ?? null);
  const loose = Array.from(items).map((item) => item.getAsFile());
  const found = await Promise.all(
    entries.map(async (entry, i) => {
      if (entry !== null) return await filesOfEntry(entry);
      return loose[i] ? [{ path: loose[i].name, data: loose[i] as Blob }] : [];
    }),
  );
  return found.flat();
}

/** Most files of a folder that are looked at. */
const MOST_FILES = 100_000;

async function filesOfEntry(first: FileSystemEntry): Promise<GivenFile[]> {
  const found: GivenFile[] = [], queue = [first];
  for (const entry of queue) {
    if (queue.length > MOST_FILES) {
      throw new Error(`the folder has more than ${MOST_FILES} files; drop that of one model`);
    }
    if (entry.isFile) {
      const data = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject)
      );
      found.push({ path: entry.fullPath.replace(/^\//, ""), data });
      continue;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      // A folder is told in parts, the last of which is empty.
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject)
      );
      if (some.length === 0) break;
      queue.push(...some);
    }
  }
  return found;
}
