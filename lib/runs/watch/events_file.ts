/** An events file of TensorBoard: scalars by step. */

import { join } from "node:path";
// @ts-types="crc-32/types/index.d.ts"
import crc32c from "crc-32/crc32c.js";
import { PbfWriter } from "pbf";
import { ifThere, namesIn } from "../../files/list_files.ts";
import { readBytes } from "../../files/read_file.ts";
import { writing } from "../../files/system_fault.ts";

/** Values of one step by their tags; those that are no numbers are left out. */
export interface StepScalars {
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
}

/** What the names of the files end in, after which they are found again. */
const ENDING = ".neuromfa";

/** Bytes of a scalar's event before what it is of: its time. */
const TIME_BYTES = 9;

/** Bytes of a scalar's value, which are its event's last. */
const VALUE_BYTES = 4;

/**
 * A new events file in a folder, made with its first scalars. TensorBoard puts together all events files of a folder, so that a
 * file of each watch of the same training is one curve.
 */
export class EventsFile {
  readonly #folder: string;
  /** The value that was written last, by the step and tag that it is of. */
  readonly #written: Map<string, string>;
  readonly #now: () => number;
  #path: string | null = null;

  private constructor(folder: string, written: Map<string, string>, now: () => number) {
    this.#folder = folder;
    this.#written = written;
    this.#now = now;
  }

  /**
   * Find out what earlier watches have written; one that was killed may not have written all that it measured.
   *
   * @param now The time in milliseconds.
   */
  static async open(folder: string, now: () => number = Date.now): Promise<EventsFile> {
    const written = new Map<string, string>();
    for (const name of (await namesIn(folder)).filter((name) => name.endsWith(ENDING)).sort()) {
      for (const record of recordsOf(await readBytes(join(folder, name)))) {
        written.set(...keyAndValue(record));
      }
    }
    return new EventsFile(folder, written, now);
  }

  /** Append the scalars that are not there as they are, all records at once. */
  async add(steps: readonly StepScalars[]): Promise<void> {
    const seconds = this.#now() / 1000;
    const records = steps.flatMap(({ step, values }) =>
      Object.entries(values).filter(([, value]) => !Number.isNaN(value))
        .map(([tag, value]) => scalarEvent(seconds, step, tag, value))
    ).filter((record) => {
      const [key, value] = keyAndValue(record);
      return this.#written.get(key) !== value;
    });
    if (records.length === 0) return;
    const isNew = this.#path === null;
    const path = this.#path ??= await this.#freePath(Math.floor(seconds));
    const bytes = joined([...isNew ? [versionEvent(seconds)] : [], ...records].map(framed));
    await writing(path, async () => {
      await Deno.mkdir(this.#folder, { recursive: true });
      await Deno.writeFile(path, bytes, { append: true });
    });
    for (const record of records) this.#written.set(...keyAndValue(record));
  }

  /** The file's name begins as TensorBoard looks for it; two watches in one second have two files. */
  async #freePath(second: number): Promise<string> {
    for (let i = 0;; i++) {
      const path = join(this.#folder, `events.out.tfevents.${second}.${i}${ENDING}`);
      if (await ifThere(Deno.stat(path)) === null) return path;
    }
  }
}

/** What a scalar's event is of, and its value. */
function keyAndValue(record: Uint8Array): [key: string, value: string] {
  return [
    record.subarray(TIME_BYTES, -VALUE_BYTES).toHex(),
    record.subarray(-VALUE_BYTES).toHex(),
  ];
}

/** The records of an events file, up to one that is cut short or damaged, as TensorBoard reads it. */
function* recordsOf(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let place = 0; place + 16 <= bytes.length;) {
    const length = Number(view.getBigUint64(place, true)), end = place + length + 16;
    if (end > bytes.length) return;
    const record = bytes.subarray(place + 12, end - 4);
    if (view.getUint32(end - 4, true) !== maskedChecksum(record)) return;
    yield record;
    place = end;
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
