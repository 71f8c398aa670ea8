/** The finished units of a run, a file each. */

import { basename, dirname, join } from "node:path";
import { exists, ifThere, namesIn } from "../../files/list_files.ts";
import { plainName } from "../../files/plain_name.ts";
import { readBytes } from "../../files/read_file.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { checkedValue } from "../../schemas/checked_value.ts";
import { type Claim, claimFile, type ClaimOptions } from "../../files/claim.ts";
import { keyOf, type RunPlan } from "./run_plan.ts";
import { planFile } from "./stored_plan.ts";
import { storedUnit } from "./stored_unit.ts";
import { shortDigest, type Unit, unitName } from "./unit.ts";
import { decodeUnit } from "./unit_file.ts";
import type { UnitsInMemory } from "./stopped_units.ts";

/** A unit whose file is gone, or is not what it should be. */
export class DamagedUnit extends Error {
  override readonly name: string = "DamagedUnit";

  constructor(readonly path: string, message: string, options: ErrorOptions = {}) {
    super(message, options);
  }
}

/** The folder of a model's units under a folder of results. */
export function unitsFolder(out: string, model: string): string {
  return join(out, "units", plainName(model, "the model's name"));
}

/** Where measured units are kept: on disk, or in memory. */
export type MeasuredUnits = Pick<
  UnitStore,
  "path" | "key" | "has" | "readMeasured" | "write" | "claim"
>;

/**
 * The units of one plan under a folder of results: `<out>/units/<model>/step<N>/<part>-<digest of what decided it>.safetensors`.
 * Other plans of the model may have theirs beside them.
 */
export class UnitStore {
  readonly #plan: RunPlan;
  /** The folder of the model's units. */
  readonly folder: string;

  constructor(out: string, plan: RunPlan) {
    this.#plan = plan;
    this.folder = unitsFolder(out, plan.model);
  }

  /** Where a unit lies. */
  path(unit: Unit): string {
    const { step, part: { kind, index }, nullModel } = unit;
    const draw = nullModel === null ? "" : `-${nullModel.kind}${nullModel.draw}`;
    const file = `${kind}${index}${draw}-${shortDigest(this.key(unit))}.safetensors`;
    return join(this.folder, `step${step}`, file);
  }

  /** What decides a unit. */
  key(unit: Unit): string {
    return keyOf(this.#plan, unit);
  }

  /** Keep the plan beside the units. */
  async writePlan(): Promise<void> {
    await this.#write(this.#planPath(), `${JSON.stringify(this.#plan, null, 2)}\n`);
  }

  /** Whether a unit is there; its file is read whole, so that whatever is there can be read again. */
  async has(unit: Unit): Promise<boolean> {
    return await this.read(unit) !== null;
  }

  /** How many of some units have a file, whatever is in it. */
  async count(units: readonly Unit[]): Promise<number> {
    const folders = Map.groupBy(units, (unit) => dirname(this.path(unit)));
    let count = 0;
    for (const [folder, inside] of folders) {
      const names = new Set(await namesIn(folder));
      for (const unit of inside) if (names.has(basename(this.path(unit)))) count++;
    }
    return count;
  }

  /** A unit, `null` where it is not there; rejects with a {@linkcode DamagedUnit} if it is not what was written. */
  async read(unit: Unit): Promise<unknown> {
    const path = this.path(unit);
    return await orDamaged(path, async () => {
      const bytes = await ifThere(readBytes(path));
      return bytes && decodeUnit(bytes, this.key(unit), path);
    });
  }

  /** A unit that tables are made of, `null` where it is not there, checked to be what the plan asks for. */
  async readMeasured(unit: Unit): Promise<unknown> {
    const value = await this.read(unit);
    if (value === null) return null;
    const path = this.path(unit), schema = storedUnit(this.#plan, unit);
    return await orDamaged(path, () => checkedValue(value, schema, path, "remove it"));
  }

  /** Keep a unit, whole or not at all, in place of whatever is there. */
  async write(unit: Unit, bytes: Uint8Array): Promise<void> {
    await this.#write(this.path(unit), bytes);
  }

  /** Claim a unit, so that nobody else measures it meanwhile; `null` where somebody else does. */
  claim(unit: Unit, options: Pick<ClaimOptions, "wait"> = {}): Promise<Claim | null> {
    return claimPassing(`${this.path(unit)}.lock`, options);
  }

  /** Claim the making of tables, which two processes must not do at once. */
  async claimTables(): Promise<Claim> {
    return (await claimPassing(join(this.folder, "tables.lock"), { wait: true }))!;
  }

  /** Claim the folder for as long as its units are needed; only who is alone there removes any. */
  async claimFolder(): Promise<Claim> {
    return (await claimPassing(this.#lockPath(), { isShared: true, wait: true }))!;
  }

  /**
   * Remove what stopped processes have left (claims, files half written), units that are given, with the plan, and folders
   * that are empty then, unless another process is at work in the folder; this one's claim on it ends here. Units stay where a
   * watcher remembers them: it may need those of a checkpoint that is deleted.
   */
  async tidy(held?: Claim, units?: readonly Unit[]): Promise<void> {
    held?.[Symbol.dispose]();
    if (!await exists(this.folder)) return;
    {
      using alone = await claimFile(this.#lockPath(), { isPassing: true });
      if (alone === null) return;
      const names = await namesIn(this.folder), isWatched = names.some(isMemoryFile);
      for (const path of units && !isWatched ? units.map((unit) => this.path(unit)) : []) {
        await ifThere(Deno.remove(path, { recursive: true }));
      }
      if (units) await ifThere(Deno.remove(this.#planPath(), { recursive: true }));
      for (const name of names) {
        if (/^step\d+$/.test(name)) await removeLeftIn(join(this.folder, name));
      }
      await removeLeftIn(this.folder, "in-use.lock");
    }
    await Deno.remove(this.folder).catch(() => {});
    await Deno.remove(join(this.folder, "..")).catch(() => {});
  }

  #planPath(): string {
    return join(this.folder, planFile(this.#plan));
  }

  #lockPath(): string {
    return join(this.folder, "in-use.lock");
  }

  async #write(path: string, content: string | Uint8Array): Promise<void> {
    await orUnwritable(path, async () => {
      // A file takes the place of another, but not of a folder.
      const there = await ifThere(Deno.lstat(path));
      if (there?.isDirectory) await Deno.remove(path, { recursive: true });
      await writeWholeFile(path, content);
    });
  }
}

/** The name of the file in which a watcher remembers what it has measured. */
export function memoryFile(digest: string): string {
  return `watched-${digest}.json`;
}

function isMemoryFile(name: string): boolean {
  return /^watched-[0-9a-f]+\.json$/.test(name);
}

async function orDamaged<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message } = error as Error;
    const named = message.includes(path) ? message : `${path}: ${message}`;
    throw new DamagedUnit(path, named, { cause: error });
  }
}

/** The file of the claim goes with it. */
function claimPassing(path: string, options: ClaimOptions): Promise<Claim | null> {
  return orUnwritable(path, () => claimFile(path, { ...options, isPassing: true }));
}

/** What was measured so far is not lost. */
async function orUnwritable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message } = error as Error;
    const named = message.includes(path) ? message : `${path} cannot be written: ${message}`;
    throw new Error(`${named}; units that are there are not measured again`, { cause: error });
  }
}

/** Remove what stopped processes have left in a folder, but for one claim, and the folder if that was all. */
async function removeLeftIn(folder: string, kept = ""): Promise<void> {
  for (const name of await namesIn(folder)) {
    const isLeft = /^\..*\.partial$|\.lock$/.test(name) && name !== kept;
    if (isLeft) await Deno.remove(join(folder, name)).catch(() => {});
  }
  await Deno.remove(folder).catch(() => {});
}

/** The units of one plan in memory, `bytesOf`; those that a stopped measurement left are taken over. */
export function memoryStore(
  plan: RunPlan,
  bytesOf: UnitsInMemory = new Map(),
  left: ReadonlyMap<string, Uint8Array> = new Map(),
): MeasuredUnits {
  const key = (unit: Unit) => keyOf(plan, unit);
  const whose = shortDigest(JSON.stringify([plan.model, plan.layers]));
  // Two steps that hold the same weights have units of the same key.
  const place = (unit: Unit) => `${whose} ${unit.step} ${key(unit)}`;
  return {
    key,
    path: unitName,
    has(unit) {
      const former = left.get(place(unit));
      if (former !== undefined) bytesOf.set(place(unit), former);
      return Promise.resolve(bytesOf.has(place(unit)));
    },
    readMeasured(unit) {
      const bytes = bytesOf.get(place(unit));
      return Promise.resolve(bytes ? decodeUnit(bytes, key(unit), unitName(unit)) : null);
    },
    write: (unit, bytes) => Promise.resolve(void bytesOf.set(place(unit), bytes)),
    // Nobody else measures here.
    claim: () => Promise.resolve({ [Symbol.dispose]() {} }),
  };
}
