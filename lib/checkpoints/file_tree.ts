/** Files that were handed over with their paths, such as those of a dropped folder, as folders. */

import { printable, shown } from "../messages/shown.ts";
import type { ByteSource } from "./byte_source.ts";
import type { EntryKind, Folder, FolderEntry } from "./folder.ts";
import { halfWritten } from "./half_written.ts";

/** Opens a file. */
export type FileOpener = (source: string) => ByteSource | Promise<ByteSource>;

/** What is in a folder, by name. */
type Entries = Map<string, FileOpener | Entries>;

/** The folders that some files lie in, by the slashes in their paths. */
export class FileTree implements Folder {
  readonly source: string;

  private constructor(
    readonly name: string,
    private readonly path: string,
    readonly parent: Folder | null,
    private readonly content: Entries | null,
  ) {
    this.source = path || name;
  }

  /**
   * The folder that is around all of some files.
   *
   * @param files What opens a file, by its path.
   * @param name What to call the folder around them, of which their paths tell nothing.
   * @throws {Error} If a path leads out of it, or is that of two files.
   */
  static of(files: Iterable<readonly [path: string, open: FileOpener]>, name: string): FileTree {
    const root: Entries = new Map();
    for (const [path, open] of files) add(root, path, open);
    return new FileTree(name, "", null, root);
  }

  entries(): Promise<readonly FolderEntry[]> {
    const { content, source } = this;
    if (content === null) return Promise.reject(new Error(`${source} is not among the files`));
    return Promise.resolve(
      [...content].map(([name, entry]) => ({ name, isDirectory: entry instanceof Map }))
        .sort((a, b) => a.name < b.name ? -1 : 1),
    );
  }

  pathOf(name: string): string {
    return this.path === "" ? name : `${this.path}/${name}`;
  }

  async find(name: string): Promise<ByteSource | null> {
    return this.content?.has(name) ? await this.open(name) : null;
  }

  async open(name: string): Promise<ByteSource> {
    const open = this.content?.get(name), path = this.pathOf(name);
    if (typeof open === "function") return await open(path);
    if (open === undefined) throw halfWritten(`${path} does not exist`);
    throw new Error(`${path} is no file; pass the path of a file with weights`);
  }

  folder(name: string): FileTree {
    const content = this.content?.get(name);
    const path = this.pathOf(name);
    return new FileTree(name, path, this, content instanceof Map ? content : null);
  }

  has(name: string): Promise<boolean> {
    return Promise.resolve(this.content?.has(name) ?? false);
  }

  kindOf(name: string, _wanted: EntryKind): Promise<EntryKind> {
    return Promise.resolve(this.content?.get(name) instanceof Map ? "folder" : "file");
  }
}

function add(root: Entries, path: string, open: FileOpener) {
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  const file = names.pop();
  if (file === undefined || names.includes("..") || file === "..") {
    throw new Error(
      `${shown(path)} is no path of a file; give its name, behind those of its folders`,
    );
  }
  let folder = root;
  for (const name of names) {
    const found = folder.get(name) ?? new Map();
    if (!(found instanceof Map)) throw twice(path);
    folder.set(name, found);
    folder = found;
  }
  if (folder.has(file)) throw twice(path);
  folder.set(file, open);
}

function twice(path: string): Error {
  return new Error(`${printable(path)} is the path of two files; give each its own`);
}
