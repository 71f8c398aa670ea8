/** Ranges of one file, asked for over the network. */

import { shown } from "../../messages/shown.ts";
import type { Transfer } from "../../options/values.ts";
import type { ByteRange } from "../byte_source.ts";
import {
  askHub,
  type HubAnswer,
  type HubConnection,
  whatToCheck,
  withoutQuery,
} from "./hub_connection.ts";
import type { ListedFile } from "./listed_file.ts";
import { PassingFault, Tries } from "./passing_fault.ts";
import type { LinkMeter } from "./transfer_plan.ts";

/** Bytes that are progress enough to count failures afresh. */
const PROGRESS_BYTES = 1 << 18;

/** Cause of the error that a range came with more bytes than it has, so that none of them can be believed. */
export const overlong: unique symbol = Symbol("overlong");

/** A file on a hub. */
export interface FarFile {
  /** The file as the hub lists it. */
  readonly listed: ListedFile;
  /** Its address on the hub. */
  readonly address: URL;
  /** What to call it in messages. */
  readonly source: string;
  /** Who says what its content is, for messages: `the hub's listing says` unless given. */
  readonly listedBy?: string | undefined;
  /** Told of what is measured. */
  readonly meter: LinkMeter;
  /** What moving bytes saves; `balanced` unless given. */
  readonly transfer?: Transfer | undefined;
}

/**
 * Reads ranges of a file. `downloadFile` of @huggingface/hub would do, but its blob asks the hub anew for every slice,
 * which spends the hub's limit of requests on thousands of rows, and takes a whole file sent with status 200 for the
 * slice. So the address that the hub redirects to is asked directly for as long as it works.
 */
export class RangeReader {
  #resolved: URL | null = null;
  #resolving: Promise<unknown> = Promise.resolve();
  #underWay = 0;
  #hasRead = false;

  constructor(private readonly file: FarFile, private readonly connection: HubConnection) {}

  /** Read a range, until `stop`; a dropped connection is taken up where it ended. */
  async read(
    { start, end }: ByteRange,
    receive: (position: number, bytes: Uint8Array) => void,
    stop: AbortSignal,
  ): Promise<void> {
    const tries = new Tries(this.file.source, this.connection);
    for (let position = start; position < end;) {
      const before = position;
      try {
        for await (const bytes of this.#bytes({ start: position, end }, stop)) {
          receive(position, bytes);
          position += bytes.length;
          this.#hasRead = true;
        }
        if (position < end) {
          throw new PassingFault(`it sent ${position - before} of ${end - before} bytes`);
        }
      } catch (error) {
        if (position - before >= PROGRESS_BYTES) tries.reset();
        tries.hasRead = this.#hasRead;
        await tries.failed(error, stop);
      }
    }
  }

  async *#bytes(range: ByteRange, stop: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    const isAlone = this.#underWay++ === 0;
    try {
      const answer = await this.#ask(range, stop);
      const began = performance.now();
      let count = 0;
      for await (const bytes of answer.chunks()) {
        count += bytes.length;
        if (count > range.end - range.start) throw this.#overlong();
        yield bytes;
      }
      if (isAlone && this.#underWay === 1) {
        this.file.meter.sawRequest(answer.latency, count, (performance.now() - began) / 1000);
      }
    } finally {
      this.#underWay--;
    }
  }

  /** Ask where the hub has sent us before, or ask the hub where that is; one request at a time does the latter. */
  async #ask(range: ByteRange, stop: AbortSignal, isSecond = false): Promise<HubAnswer> {
    if (this.#resolved === null) {
      const answer = this.#resolving.then(() => this.#resolved ? null : this.#askHub(range, stop));
      this.#resolving = answer.catch(() => {});
      const first = await answer;
      if (first !== null) return first;
    }
    const resolved = this.#resolved ?? this.file.address;
    try {
      return await this.#askAt(resolved, range, stop);
    } catch (error) {
      if (isSecond || error instanceof PassingFault || stop.aborted) throw error;
      // Signed addresses end after an hour or so; the hub gives another.
      if (this.#resolved === resolved) this.#resolved = null;
      return await this.#ask(range, stop, true);
    }
  }

  async #askHub(range: ByteRange, stop: AbortSignal): Promise<HubAnswer> {
    const { address, listed, source } = this.file;
    const answer = await this.#askAt(address, range, stop);
    const etag = answer.linked.etag?.replace(/^(W\/)?"(.*)"$/, "$2") ?? null;
    const size = answer.linked.size;
    const isOther = etag !== null && /^[0-9a-f]{64}$/.test(etag) &&
      listed.content.startsWith("sha256-") && listed.content !== `sha256-${etag}`;
    if (isOther || (size !== null && Number(size) !== listed.size)) {
      await answer.response.body?.cancel();
      throw new Error(
        `${source} has digest ${listed.content} and ${listed.size} bytes in the hub's listing, but the hub sends ` +
          `${shown(etag)} of ${shown(size)} bytes; run again later`,
      );
    }
    this.#resolved = answer.address;
    return answer;
  }

  async #askAt(address: URL, range: ByteRange, stop: AbortSignal): Promise<HubAnswer> {
    const { start, end } = range;
    const headers = { range: `bytes=${start}-${end - 1}`, "accept-encoding": "identity" };
    const answer = await askHub(this.connection, address, headers, stop);
    try {
      this.#checkRange(answer, range);
    } catch (error) {
      await answer.response.body?.cancel();
      throw error;
    }
    return answer;
  }

  /** Believe no answer to be the range before it says so. */
  #checkRange({ response, address }: HubAnswer, { start, end }: ByteRange) {
    const { listed: { size }, source } = this.file;
    const where = withoutQuery(address);
    if (response.status === 200) {
      const length = response.headers.get("content-length");
      if (start === 0 && end === size && (length === null || Number(length) === size)) return;
      const whole = source + (length === null ? "" : `, ${shown(Number(length))} bytes,`);
      const instead = `${end - start} of its ${size}`;
      throw new Error(
        `${where} ignores Range and would send all of ${whole} instead of ${instead}; ` +
          (this.connection.isPlain
            ? "put it on a server that knows ranges, or download it and open the file"
            : "set HF_ENDPOINT to a server that knows ranges, or download the model and pass its folder"),
      );
    }
    const answered = response.headers.get("content-range") ??
      unseenRange(response, start, end, size);
    const asked = `bytes ${start}-${end - 1}/${size}`;
    if (answered !== asked) {
      const range = `the range ${shown(answered)} of ${source} where ${asked} were asked for`;
      throw new Error(`${where} answered with ${range}; run again later`);
    }
    if (Number(response.headers.get("content-length")) > end - start) throw this.#overlong();
  }

  #overlong(): Error {
    const { source } = this.file;
    const message = `${source}: the server sent more bytes than were asked for; ${
      whatToCheck(this.connection)
    }`;
    return new Error(message, { cause: overlong });
  }
}

/**
 * A page in a browser sees the range that another origin's answer has only if that lets it; the
 * answer's length, which it sees, must then be that of the range.
 */
function unseenRange(response: Response, start: number, end: number, size: number): string | null {
  const isRight = response.type === "cors" &&
    Number(response.headers.get("content-length")) === end - start;
  return isRight ? `bytes ${start}-${end - 1}/${size}` : null;
}
