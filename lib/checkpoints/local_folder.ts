/** A folder on disk. */

import { basename, dirname, join, relative, resolve } from "node:path";
import { exists, ifThere, listFolder } from "../files/list_files.ts";
import { reading } from "../files/system_fault.ts";
import type { EntryKind, Folder } from "./folder.ts";
import { openLocalFile } from "./local_file.ts";

/** The folder at a path, whether there is one or not. */
export function localFolder(path: string): Folder {
  return new LocalFolder(resolve(path));
}

class LocalFolder implements Folder {
  constructor(readonly source: string) {}

  get name(): string {
    return basename(this.source);
  }

  get parent(): Folder {
    return new LocalFolder(dirname(this.source));
  }

  entries() {
    return listFolder(this.source);
  }

  pathOf(name: string): string {
    return join(this.source, name);
  }

  async find(name: string) {
    const path = this.pathOf(name);
    const found = await ifThere(reading(path, () => Deno.stat(path)));
    return found && openLocalFile(path);
  }

  open(name: string) {
    return Promise.try(() => openLocalFile(this.pathOf(name)));
  }

  folder(name: string): Folder {
    return new LocalFolder(this.pathOf(name));
  }

  has(name: string): Promise<boolean> {
    return exists(this.pathOf(name));
  }

  /** A link out of the run would mix in weights from elsewhere under this run's name. */
  async kindOf(name: string, wanted: EntryKind): Promise<EntryKind> {
    const { source } = this, path = this.pathOf(name);
    const target = await reading(path, () => Deno.realPath(path)).catch((error) => {
      if (error instanceof Deno.errors.NotFound) throw new Error(`${path} is a link to nothing`);
      throw error;
    });
    if (relative(await Deno.realPath(source), target).split(/[\\/]/)[0] === "..") {
      throw new Error(
        `${path} leads out of the run, to ${target}; copy that ${wanted} into the run`,
      );
    }
    return (await Deno.stat(target)).isDirectory ? "folder" : "file";
  }
}
