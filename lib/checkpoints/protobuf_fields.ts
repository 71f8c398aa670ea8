/** The fields of a protobuf message in a file, without reading what they hold. */

import { type ByteRange, type ByteSource, readRange } from "./byte_source.ts";

/** A field of a message. */
export interface Field {
  /** Its number. */
  readonly number: number;
  /** The number it holds; 0 where it holds bytes. */
  readonly value: number;
  /** Where its bytes lie, a message, a text or a packed list; `null` where it holds a number. */
  readonly bytes: ByteRange | null;
}

/** Bytes that are read at a time. */
const WINDOW_BYTES = 1 << 16;
/** The longest head of a field: two numbers of ten bytes. */
const HEAD_BYTES = 20;

/** Windows of files by their source: messages inside each other are walked through the same. */
const windows = new WeakMap<ByteSource, { start: number; bytes: Uint8Array }>();

/** The fields from `start` to `end`, in their order. */
export async function* protobufFields(
  file: ByteSource,
  start: number,
  end: number,
): AsyncGenerator<Field> {
  const { PbfReader } = await import("pbf");
  const damaged = () =>
    new Error(`${file.source} is damaged or no protobuf file, at byte ${start}; get it again`);
  while (start < end) {
    const head = new PbfReader(await headAt(file, start));
    const left = Math.min(end - start, head.length);
    let field: Field;
    try {
      const tag = head.readVarint(), type = tag & 7, number = tag >>> 3;
      let value = 0, bytes: ByteRange | null = null;
      if (type === 0) value = head.readVarint(true);
      else if (type === 1) value = head.readDouble();
      else if (type === 5) value = head.readFloat();
      else if (type === 2) {
        const length = head.readVarint();
        bytes = { start: start + head.pos, end: start + head.pos + length };
      } else throw damaged();
      field = { number, value, bytes };
    } catch {
      throw damaged();
    }
    const next = field.bytes?.end ?? start + head.pos;
    if (head.pos > left || !(next <= end)) throw damaged();
    start = next;
    yield field;
  }
}

/** The bytes of a field's head, fewer at the file's end. */
async function headAt(file: ByteSource, start: number): Promise<Uint8Array> {
  const end = Math.min(start + HEAD_BYTES, file.size);
  let window = windows.get(file);
  if (window === undefined || start < window.start || end > window.start + window.bytes.length) {
    const bytes = await readRange(file, start, Math.min(start + WINDOW_BYTES, file.size));
    window = { start, bytes };
    windows.set(file, window);
  }
  return window.bytes.slice(start - window.start, end - window.start);
}
