/** A file at a web address as a source of bytes: its ranges are asked for where the server knows ranges. */

import { sha256 } from "../../files/digest.ts";
import { openBlobFile } from "../blob_file.ts";
import { type ByteRange, type ByteSource, readRange } from "../byte_source.ts";
import { askHub, type HubAnswer, type HubConnection, usualPatience } from "./hub_connection.ts";
import { HubFile } from "./hub_file.ts";
import type { HubStore } from "./hub_store.ts";
import { memoryStores } from "./memory_store.ts";
import { withTries } from "./passing_fault.ts";
import { readableBytes } from "./readable.ts";
import { LinkMeter, type TransferListeners } from "./transfer_plan.ts";

/** Bytes that are asked for first: a small file whole, most headers of large ones. */
const FIRST_BYTES = 1 << 20;

/** The longest file that is taken whole from a server that knows no ranges, and the longest that is read whole for its digest. */
const MOST_WHOLE_BYTES = 1 << 26;

/** Bytes that are read and hashed together. */
const DIGEST_BYTES = 1 << 22;

/** How a file at an address is read. */
export interface AddressOptions extends Pick<TransferListeners, "onWait"> {
  /** SHA-256 of the file as lower-case hex, where it is known, so that no byte is read for it. */
  readonly sha256?: string | undefined;
  /** How long the server is waited for; suits public ones unless given. */
  readonly patience?: Partial<typeof usualPatience> | undefined;
  /** Where what was read is kept; in memory, up to 256 MiB, unless given. */
  readonly store?: HubStore | undefined;
}

const stores = memoryStores(1 << 28);
const meter = new LinkMeter();

/**
 * Open the file at an address. A server that knows no ranges sends it whole, which is allowed up to 64 MiB.
 *
 * @param source What to call it in messages.
 * @throws {Error} If there is none, the server refuses or answers with a web page, or it is too long to be sent whole.
 */
export async function openAddress(
  address: URL,
  source: string,
  { sha256: known, patience, store = stores(address.href), onWait }: AddressOptions = {},
): Promise<ByteSource> {
  const connection: HubConnection = {
    ...{ endpoint: address.origin, token: null, isPlain: true, ...usualPatience, ...patience },
    ...onWait && { onWait },
  };
  const first = await withTries(source, connection, () => askFirst(address, source, connection));
  if (first.size === null) return openBlobFile(new Blob(first.parts), source);
  const { size, version } = first;
  const identity = sha256().update([address.href, size, version].join("\n")).hex();
  const listed = {
    ...{ path: address.pathname, size },
    content: known === undefined ? `address-${identity}` : `sha256-${known}`,
  };
  const kept = store.ranges(listed);
  const file = new HubFile(
    { listed, address, source, meter, listedBy: "its digest says" },
    connection,
    { place: store.place, ranges: () => kept },
  );
  const writer = kept.writer();
  let position = 0;
  for (const part of first.parts) {
    writer.write(position, part);
    position += part.length;
  }
  writer[Symbol.dispose]();
  let digest: Promise<string> | undefined;
  return {
    source,
    size,
    read: (ranges) => file.read(ranges),
    // A long file whose server tells its version is known by that: reading all of it would defeat ranges.
    digest: () =>
      digest ??= known !== undefined
        ? Promise.resolve(known)
        : size > MOST_WHOLE_BYTES && version !== null
        ? Promise.resolve(identity)
        : digestOf(file),
  };
}

/** What a server sent at first: the file's beginning, or all of it where no size is told. */
interface FirstBytes {
  readonly parts: Uint8Array<ArrayBuffer>[];
  readonly size: number | null;
  /** What it says of the version of the file. */
  readonly version: string | null;
}

async function askFirst(
  address: URL,
  source: string,
  connection: HubConnection,
): Promise<FirstBytes> {
  const headers = { range: `bytes=0-${FIRST_BYTES - 1}`, "accept-encoding": "identity" };
  const answer = await askHub(connection, address, headers);
  const size = answer.response.status === 206 ? sizeOf(answer) : null;
  const told = Number(answer.response.headers.get("content-length") ?? 0);
  const isSizeless = answer.response.status === 206 && size === null;
  if (isSizeless || size === null && told > MOST_WHOLE_BYTES) {
    await answer.response.body?.cancel();
    throw isSizeless ? sizeless(source) : rangeless(source);
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let count = 0;
  for await (const bytes of answer.chunks()) {
    count += bytes.length;
    if (count > MOST_WHOLE_BYTES) throw rangeless(source);
    parts.push(bytes as Uint8Array<ArrayBuffer>);
  }
  const { headers: of } = answer.response;
  if (size === null || count === Math.min(size, FIRST_BYTES)) {
    return { parts, size, version: of.get("etag") ?? of.get("last-modified") };
  }
  throw new Error(
    `${source}: the server sent ${count} of the first ${
      Math.min(size, FIRST_BYTES)
    } bytes; check the address`,
  );
}

/** The size of the file that the answer to a range tells, `null` where it tells none. */
function sizeOf({ response }: HubAnswer): number | null {
  const [, size] = /^bytes 0-\d+\/(\d{1,15})$/.exec(response.headers.get("content-range") ?? "") ??
    [];
  return size === undefined ? null : Number(size);
}

function rangeless(source: string): Error {
  return new Error(
    `the server of ${source} knows no ranges and would send all of it, more than ` +
      `${
        readableBytes(MOST_WHOLE_BYTES)
      }; put it on a server that knows ranges, or download it and open the file`,
  );
}

function sizeless(source: string): Error {
  return new Error(
    `the server of ${source} does not tell its size (content-range); ` +
      "have it expose that header to pages of other places, or download it and open the file",
  );
}

/** SHA-256 of a whole file, a piece at a time. */
async function digestOf(file: ByteSource): Promise<string> {
  const hash = sha256();
  for (let start = 0; start < file.size; start += DIGEST_BYTES) {
    const range: ByteRange = { start, end: Math.min(file.size, start + DIGEST_BYTES) };
    hash.update(await readRange(file, range.start, range.end));
  }
  return hash.hex();
}
