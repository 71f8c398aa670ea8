/** A kernel specification of Deno that lasts, whatever becomes of the program that wrote it. */

import { dirname, join } from "node:path";
import { exists, ifThere } from "../../lib/files/list_files.ts";
import { partialOf } from "../../lib/files/file_set.ts";
import { writing } from "../../lib/files/system_fault.ts";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import {
  isDenoKernel,
  KERNEL_ARGUMENTS,
  readKernelSpec,
  userJupyterFolder,
} from "./kernel_spec.ts";
import type { Machine } from "./machine.ts";
import { clearedBy } from "./passing_folder.ts";

/** What is to be written. */
export interface KernelPlan {
  /** The `kernel.json`. */
  readonly path: string;
  /** Its text. */
  readonly text: string;
  /** The program that the kernel starts. */
  readonly program: string;
  /** The program that is copied there, and who may remove it where it lies; `null` where that one lasts. */
  readonly copied: { readonly from: string; readonly clearedBy: string } | null;
  /** Whether all of it is there already. */
  readonly isThere: boolean;
}

/**
 * Finds out what is to be written: a specification that starts the Deno that runs, or a copy of it beside the specification
 * where npx or another runner of packages may clear the original away. Nothing is changed.
 *
 * @throws {Error} If another kernel has the name `deno`, or its specification cannot be read.
 */
export async function planKernel(machine: Machine): Promise<KernelPlan> {
  const kernels = join(userJupyterFolder(machine), "kernels"), folder = join(kernels, "deno");
  const path = join(folder, "kernel.json");
  const former = await readKernelSpec(kernels);
  if (former !== null && ("fault" in former || !isDenoKernel(former.argv))) {
    const what = "fault" in former ? former.fault : "it starts something else than Deno's kernel";
    throw new Error(
      `${path} is left as it is, since ${what}: move it away (jupyter kernelspec remove deno), then run this again`,
    );
  }
  const from = await Deno.realPath(machine.denoPath);
  const cleared = clearedBy(from);
  // The copy that this kernel starts is where it is to be.
  const copy = join(folder, machine.os === "windows" ? "deno.exe" : "deno");
  const isCopy = await exists(copy) && await Deno.realPath(copy) === from;
  const copied = cleared === null || isCopy ? null : { from, clearedBy: cleared };
  const program = cleared === null ? from : copy;
  const spec = {
    argv: [program, ...KERNEL_ARGUMENTS],
    display_name: "Deno",
    language: "typescript",
  };
  const text = `${JSON.stringify(spec, null, 2)}\n`;
  const isWritten = await ifThere(Deno.readTextFile(path)) === text;
  const isThere = isWritten && (copied === null || await sameFile(from, copy));
  return { path, text, program, copied, isThere };
}

/** Writes what is planned, whole or not at all: first the program, then the specification. */
export async function writeKernel(
  { path, text, program, copied, isThere }: KernelPlan,
): Promise<void> {
  if (isThere) return;
  if (copied !== null) {
    const partial = partialOf(program);
    await writing(program, async () => {
      await Deno.mkdir(dirname(program), { recursive: true });
      try {
        await Deno.copyFile(copied.from, partial);
        await Deno.chmod(partial, 0o755).catch(() => {}); // Windows has no such modes.
        await Deno.rename(partial, program);
      } catch (error) {
        await Deno.remove(partial).catch(() => {});
        throw error;
      }
    });
  }
  await writeWholeFile(path, text);
}

/** What a plan says to its reader. */
export function kernelLines(
  { path, program, copied, isThere }: KernelPlan,
  dryRun: boolean,
): string {
  if (isThere) return `the kernel is there: ${path}\nit starts ${program}`;
  const written = dryRun ? "would be written" : "written";
  const lines = copied === null ? [] : [
    `${dryRun ? "would be copied" : "copied"}: ${program}`,
    `  from ${copied.from}, which ${copied.clearedBy} may remove`,
  ];
  return [...lines, `${written}: ${path}`, `it starts ${program}`].join("\n");
}

/** Bytes compared at a time. */
const PART = 2 ** 22;

/** Whether two files hold the same bytes; a file that is not there is like no other. */
async function sameFile(one: string, other: string): Promise<boolean> {
  const sizes = await Promise.all([one, other].map((path) => ifThere(Deno.stat(path))));
  if (sizes[0]?.size !== sizes[1]?.size) return false;
  using a = await Deno.open(one), b = await Deno.open(other);
  const [left, right] = [new Uint8Array(PART), new Uint8Array(PART)];
  for (;;) {
    const [read, met] = await Promise.all([fill(a, left), fill(b, right)]);
    if (read !== met) return false;
    if (read === 0) return true;
    for (let i = 0; i < read; i++) if (left[i] !== right[i]) return false;
  }
}

/** Reads until a buffer is full or a file ends; the number of bytes. */
async function fill(file: Deno.FsFile, buffer: Uint8Array): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const read = await file.read(buffer.subarray(length));
    if (read === null) break;
    length += read;
  }
  return length;
}
