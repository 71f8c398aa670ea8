/** A folder of files, wherever it is: on disk, or what was dropped on a page. */

import type { ByteSource } from "./byte_source.ts";

/** What a name in a folder stands for. */
export type EntryKind = "file" | "folder";

/** A file or a folder in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

/** A folder whose files can be read in ranges. */
export interface Folder {
  /** Its path, for messages. */
  readonly source: string;
  /** Its own name. */
  readonly name: string;
  /** The folder that it lies in, `null` where nothing is known of one. */
  readonly parent: Folder | null;
  /** What is in it, sorted by name; rejects, saying what to do, where there is no such folder. */
  entries(): Promise<readonly FolderEntry[]>;
  /** The path of what has a name in it, for messages. */
  pathOf(name: string): string;
  /** A file in it; `null` where there is nothing of that name. */
  find(name: string): Promise<ByteSource | null>;
  /** A file in it; rejects where there is none. */
  open(name: string): Promise<ByteSource>;
  /** A folder in it, whether there is one or not. */
  folder(name: string): Folder;
  /** Whether there is a file or a folder of a name in it. */
  has(name: string): Promise<boolean>;
  /**
   * What a name in it stands for.
   *
   * @param wanted What it should stand for, for the message of what rejects: a link out of the folder, or to nothing.
   */
  kindOf(name: string, wanted: EntryKind): Promise<EntryKind>;
}

/** The names of what is in a folder. */
export async function namesOf(folder: Folder): Promise<string[]> {
  return (await folder.entries()).map(({ name }) => name);
}
