/** An events file of TensorBoard: scalars by step. */

import { join } from "node:path";
// @ts-types="crc-32/types/index.d.ts"
import crc32c from "crc-32/crc32c.js";
import { PbfWriter } from "pbf";
import { ifThere, namesIn } from "../../files/list_files.ts";
import { writing } from "../../files/system_fault.ts";

/** Values of one step by their tags; those that are no numbers are left out. */
export interface StepScalars {
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
}

/** What the names of the files end in, after which they are found again. */
const ENDING = ".neuromfa";

/**
 * A new events file in a folder, made with its first scalars. TensorBoard puts together all events files of a folder, so that a
 * file of each watch of the same training is one curve.
 */
export class EventsFile {
  readonly #folder: string;
  #path: string | null = null;

  /** @param now The time in milliseconds. */
  constructor(folder: string, private readonly now: () => number = Date.now) {
    this.#folder = folder;
  }

  /** Whether an earlier watch has left its file in the folder. */
  async hasEarlier(): Promise<boolean> {
    return (await namesIn(this.#folder)).some((name) => name.endsWith(ENDING));
  }

  /** Append scalars, all records at once. */
  async add(steps: readonly StepScalars[]): Promise<void> {
    const seconds = this.now() / 1000;
    const records = steps.flatMap(({ step, values }) =>
      Object.entries(values).filter(([, value]) => !Number.isNaN(value))
        .map(([tag, value]) => scalarEvent(seconds, step, tag, value))
    );
    if (records.length === 0) return;
    if (this.#path === null) {
      this.#path = await this.#freePath(Math.floor(seconds));
      records.unshift(versionEvent(seconds));
    }
    const path = this.#path, bytes = joined(records.map(framed));
    await writing(path, async () => {
      await Deno.mkdir(this.#folder, { recursive: true });
      await Deno.writeFile(path, bytes, { append: true });
    });
  }

  /** The file's name begins as TensorBoard looks for it; two watches in one second have two files. */
  async #freePath(second: number): Promise<string> {
    for (let i = 0;; i++) {
      const path = join(this.#folder, `events.out.tfevents.${second}.${i}${ENDING}`);
      if (await ifThere(Deno.stat(path)) === null) return path;
    }
  }
}

/** The first event of a file. */
export function versionEvent(seconds: number): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeDoubleField(1, seconds);
  pbf.writeStringField(3, "brain.Event:2");
  return pbf.finish();
}

/** The event of one scalar: `Event { wall_time = 1; step = 2; summary = 5 { value = 1 { tag = 1; simple_value = 2 } } }`. */
export function scalarEvent(
  seconds: number,
  step: number,
  tag: string,
  value: number,
): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeDoubleField(1, seconds);
  pbf.writeVarintField(2, step);
  pbf.writeMessage(5, (_, pbf) => {
    pbf.writeMessage(1, (_, pbf) => {
      pbf.writeStringField(1, tag);
      pbf.writeFloatField(2, value);
    }, null);
  }, null);
  return pbf.finish();
}

/** A record as TensorFlow frames it: its length, a checksum of that, itself, and a checksum of itself. */
export function framed(record: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(record.length + 16), view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(record.length), true);
  view.setUint32(8, maskedChecksum(bytes.subarray(0, 8)), true);
  bytes.set(record, 12);
  view.setUint32(12 + record.length, maskedChecksum(record), true);
  return bytes;
}

/** CRC-32C, rotated and shifted, as the format asks for: a checksum of what holds its own checksum would be no good one. */
function maskedChecksum(bytes: Uint8Array): number {
  const checksum = crc32c.buf(bytes) >>> 0;
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    bytes.set(part, place);
    place += part.length;
  }
  return bytes;
}
