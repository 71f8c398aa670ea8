/** The finished units of a run, a file each. */
import { join } from "node:path";
import {
  headerPrefixBytes,
  parseSafetensorsHeader,
  safetensorsHeaderBytes,
} from "../../checkpoints/safetensors_header.ts";
import { exists } from "../../files/exists.ts";
import { ifThere } from "../../files/if_there.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { checkedValue } from "../../schemas/checked_value.ts";
import { type Claim, claimFile, type ClaimOptions } from "./claim.ts";
import { keyOf, type RunPlan } from "./run_plan.ts";
import { storedUnit } from "./stored_unit.ts";
import { shortDigest, type Unit, unitPath } from "./unit.ts";
import { decodeUnit, keyInHeader } from "./unit_file.ts";

/** A unit whose file is gone, or is not what it should be. */
export class DamagedUnit extends Error {
  /** Always `DamagedUnit`. */
  override readonly name: string = "DamagedUnit";

  /**
   * @param path Where the file is or was.
   * @param message What is wrong with it.
   * @param options What was found there.
   */
  constructor(readonly path: string, message: string, options: ErrorOptions = {}) {
    super(message, options);
  }
}

/** The folder of a model's units under a folder of results. */
export function unitsFolder(out: string, model: string): string {
  return join(out, "units", model);
}

/**
 * The units of one plan under a folder of results: `<out>/units/<model>/step<N>/<part>-<digest of what decided it>.safetensors`.
 * Other plans of the model may have theirs beside them.
 */
export class UnitStore {
  readonly #plan: RunPlan;
  readonly #folder: string;

  /**
   * @param out Folder of the results.
   * @param plan The plan.
   */
  constructor(out: string, plan: RunPlan) {
    this.#plan = plan;
    this.#folder = unitsFolder(out, plan.model);
  }

  /** The folder of the model's units. */
  get folder(): string {
    return this.#folder;
  }

  /** Where a unit's file lies. */
  path(unit: Unit): string {
    return join(this.#folder, unitPath(unit, keyOf(this.#plan, unit)));
  }

  /** What must be said in front of a unit's file. */
  key(unit: Unit): string {
    return keyOf(this.#plan, unit);
  }

  /** Keep the plan beside the units. */
  async writePlan(): Promise<void> {
    const text = `${JSON.stringify(this.#plan, null, 2)}\n`;
    await this.#write(this.#planPath(), text);
  }

  /**
   * Whether a unit is there, judged by its size and what is said in front of it.
   *
   * @throws {DamagedUnit} If a file is there that is cut, or no such unit.
   */
  async has(unit: Unit): Promise<boolean> {
    const path = this.path(unit);
    using file = await ifThere(Deno.open(path));
    if (file === null) return false;
    const { size } = await file.stat();
    return await orDamaged(path, async () => {
      const prefix = await readBytes(file, Math.min(size, headerPrefixBytes));
      const header = await readBytes(file, safetensorsHeaderBytes(prefix, size, path));
      parseSafetensorsHeader(header, size, path);
      if (keyInHeader(header, path) === this.key(unit)) return true;
      throw new Error(`${path} was measured of something else`);
    });
  }

  /**
   * Read a unit.
   *
   * @returns The unit, `null` where it is not there.
   * @throws {DamagedUnit} If its file is not what was written.
   */
  async read(unit: Unit): Promise<unknown> {
    const path = this.path(unit);
    const bytes = await ifThere(Deno.readFile(path));
    if (bytes === null) return null;
    return await orDamaged(path, () => decodeUnit(bytes, this.key(unit), path));
  }

  /**
   * Read a unit that tables are made of.
   *
   * @returns The unit as what the plan asks for, `null` where it is not there.
   * @throws {DamagedUnit} If its file is not what was written, or holds something else.
   */
  async readMeasured(unit: Unit): Promise<unknown> {
    const value = await this.read(unit);
    if (value === null) return null;
    const path = this.path(unit);
    const schema = storedUnit(this.#plan, unit);
    return await orDamaged(path, () => checkedValue(value, schema, path, "remove it"));
  }

  /** Write a unit's file, whole or not at all. */
  async write(unit: Unit, bytes: Uint8Array): Promise<void> {
    await this.#write(this.path(unit), bytes);
  }

  /** Claim a unit, so that no other process measures it meanwhile. */
  claim(unit: Unit, options: Pick<ClaimOptions, "wait"> = {}): Promise<Claim | null> {
    const path = `${this.path(unit)}.lock`;
    return orUnwritable(path, () => claimFile(path, { ...options, isPassing: true }));
  }

  /** Claim the making of tables, which two processes must not do at once. */
  async claimTables(): Promise<Claim> {
    const path = join(this.#folder, "tables.lock");
    return (await orUnwritable(path, () => claimFile(path, { wait: true, isPassing: true })))!;
  }

  /** Claim the folder for as long as its units are needed; only who is alone there removes any. */
  claimFolder(): Promise<Claim | null> {
    const path = this.#lockPath();
    return orUnwritable(path, () => claimFile(path, { isShared: true, wait: true }));
  }

  /**
   * Remove the plan's units, unless another process is at work in the folder: then that one removes them.
   *
   * @param held The claim that this process has on the folder, which ends here.
   */
  async removeAll(units: readonly Unit[], held?: Claim): Promise<void> {
    if (!await exists(this.#folder)) return;
    held?.[Symbol.dispose]();
    using alone = await claimFile(this.#lockPath(), { isPassing: true });
    if (alone === null) return;
    for (const unit of units) await ifThere(Deno.remove(this.path(unit)));
    await ifThere(Deno.remove(this.#planPath()));
    for (const step of new Set(units.map(({ step }) => `step${step}`))) {
      await removeEmptied(join(this.#folder, step));
    }
    await ifThere(Deno.remove(this.#lockPath()));
    await removeEmptied(this.#folder);
    await removeEmptied(join(this.#folder, ".."));
  }

  /** The plan's own digest, which leaves out nothing that a merge needs. */
  #planPath(): string {
    return join(this.#folder, `plan-${shortDigest(JSON.stringify(this.#plan))}.json`);
  }

  #lockPath(): string {
    return join(this.#folder, "in-use.lock");
  }

  async #write(path: string, content: string | Uint8Array): Promise<void> {
    await orUnwritable(path, () => writeWholeFile(path, content));
  }
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

async function readBytes(file: Deno.FsFile, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  let filled = 0;
  while (filled < count) {
    const more = await file.read(bytes.subarray(filled));
    if (more === null) break;
    filled += more;
  }
  return bytes.subarray(0, filled);
}

/** Remove a folder if it holds nothing but what stopped processes have left. */
async function removeEmptied(folder: string): Promise<void> {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name).catch(() => []);
  if (!names.every((name) => /^\..*\.partial$|\.lock$/.test(name))) return;
  for (const name of names) await ifThere(Deno.remove(join(folder, name)));
  await Deno.remove(folder).catch(() => {});
}
