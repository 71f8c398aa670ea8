/** The bytes of a pickle, read from the front. */

import { shown } from "../../messages/shown.ts";

/** The bytes ended before the pickle did; more of the file may help. */
export class PickleEnded extends Error {}

/** A position in bytes that moves on as they are read. */
export class PickleBytes {
  /** Bytes read so far. */
  position = 0;
  readonly #view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  readonly uint8 = () => this.#view.getUint8(this.#advance(1));
  readonly uint16 = () => this.#view.getUint16(this.#advance(2), true);
  readonly int32 = () => this.#view.getInt32(this.#advance(4), true);
  readonly uint32 = () => this.#view.getUint32(this.#advance(4), true);
  /** A length of 8 bytes; one beyond all files ends the bytes like any that is too large. */
  readonly uint64 = () => Number(this.#view.getBigUint64(this.#advance(8), true));
  /** A double, the only number that a pickle stores with its highest byte in front. */
  readonly float64 = () => this.#view.getFloat64(this.#advance(8));

  /** A whole number of `length` bytes in two's complement. */
  signed(length: number): number | bigint {
    const start = this.#advance(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = value << 8n | BigInt(this.bytes[start + i]!);
    value = BigInt.asIntN(8 * length, value);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  /** A text of `length` bytes. */
  text(length: number): string {
    const start = this.#advance(length);
    const bytes = this.bytes.subarray(start, this.position);
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new Error(`has a text that is no UTF-8 at byte ${start} of its pickle`);
    }
  }

  /** Pass `length` bytes. */
  skip(length: number) {
    this.#advance(length);
  }

  /** A text up to the next line end, which is passed. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.position);
    if (end < 0) throw new PickleEnded("a line has no end");
    const line = this.text(end - this.position);
    this.position = end + 1;
    return line;
  }

  #advance(count: number): number {
    const start = this.position;
    if (count > this.bytes.length - start) {
      throw new PickleEnded(`${shown(count)} bytes are missing`);
    }
    this.position += count;
    return start;
  }
}
