/** A file on a hub as a source of bytes: only what is asked for is moved, and it stays on disk. */

import { sha1, sha256 } from "../../files/digest.ts";
import { type ByteRange, type ByteSource, checkRanges, readRange } from "../byte_source.ts";
import { bytesIn, clipRanges, cutRanges, keepPieces, unionOfRanges } from "./byte_ranges.ts";
import type { HubConnection } from "./hub_connection.ts";
import { type FarFile, overlong, RangeReader } from "./range_reader.ts";
import type { HubStore } from "./hub_store.ts";
import { type KeptRanges, MOST_RECORD_BYTES, type RangeWriter } from "./kept_ranges.ts";
import { LANES, type LinkSpeed, planTransfer, type TransferPlan } from "./transfer_plan.ts";

/** What is read of a file's beginning at once, in bytes: most headers whole, and enough to tell the rate by. */
const beginning = { fewest: 1 << 16, most: 1 << 20, share: 1e-3 };
/** Longest file that is compared with its digest when it is read whole, in bytes. */
const MOST_COMPARED_BYTES = 1 << 24;

/** Reads a file on a hub; memory is what is returned and some MiB. */
export class HubFile implements ByteSource {
  readonly source: string;
  readonly size: number;
  readonly #store: KeptRanges;
  readonly #reader: RangeReader | null;
  #previous: Promise<unknown> = Promise.resolve();
  #isCompared = false;
  #digest: Promise<string> | undefined;
  /** The link's speed when a plan was first made: transfers keep to it, so that they move what the plan said. */
  #toldSpeed: LinkSpeed | undefined;

  /** What is read is kept in a store; without a connection, one does with that. */
  constructor(
    private readonly options: FarFile,
    private readonly connection: HubConnection | null,
    private readonly store: Pick<HubStore, "place" | "ranges">,
  ) {
    const { listed, source } = options;
    this.source = source;
    this.size = listed.size;
    this.#store = store.ranges(listed);
    this.#reader = connection && new RangeReader(options, connection);
  }

  read(ranges: readonly ByteRange[]): Promise<Uint8Array[]> {
    return this.#inTurn(ranges, async (missing) => {
      if (missing[0]?.start === 0) {
        const { fewest, most, share } = beginning;
        const count = Math.max(fewest, Math.min(most, Math.ceil(share * this.size)));
        const head = { start: 0, end: Math.min(this.size, count) };
        missing = await this.#store.missing([...ranges, head]);
      }
      await this.#bring(missing);
      const parts = await this.#store.read(ranges);
      const whole = ranges.findIndex(({ start, end }) => start === 0 && end === this.size);
      if (whole >= 0) await this.#compare(parts[whole]!);
      return parts;
    });
  }

  /** What {@linkcode prefetch} would move for some ranges. */
  plan(ranges: readonly ByteRange[]): Promise<TransferPlan> {
    return this.#inTurn(ranges, (missing) => {
      this.#toldSpeed ??= this.options.meter.speed;
      const plan = this.#planFor(missing);
      return { ...plan, there: bytesIn(unionOfRanges(ranges)) - plan.needed };
    });
  }

  /** Bring what is missing of some ranges from the hub to the disk; `onBytes` hears how much each chunk moved. */
  prefetch(ranges: readonly ByteRange[], onBytes?: (bytes: number) => void): Promise<void> {
    return this.#inTurn(ranges, (missing) => this.#bring(missing, onBytes));
  }

  digest(): Promise<string> {
    this.#digest ??= this.#findDigest();
    return this.#digest;
  }

  async #findDigest(): Promise<string> {
    const [kind, hex] = this.options.listed.content.split("-");
    if (kind === "sha256") return hex!;
    // A file that git keeps itself is small, and git's digest is no SHA-256 of it.
    const bytes = await readRange(this, 0, this.size);
    return sha256().update(bytes).hex();
  }

  /** Do something with what is missing of some ranges; one call after another, so that none asks for what another brings. */
  #inTurn<T>(
    ranges: readonly ByteRange[],
    work: (missing: readonly ByteRange[]) => T | Promise<T>,
  ): Promise<T> {
    checkRanges(this, ranges);
    const turn = this.#previous.then(async () => {
      // No `using`, which not all browsers know yet.
      const held = this.#store.hold?.(ranges);
      try {
        return await work(await this.#store.missing(ranges));
      } finally {
        held?.[Symbol.dispose]();
      }
    });
    this.#previous = turn.catch(() => {});
    return turn;
  }

  #planFor(missing: readonly ByteRange[]): TransferPlan {
    const { meter, transfer } = this.options;
    const speed = this.#toldSpeed ?? meter.speed;
    return planTransfer(missing, this.size, speed, (gap) => this.#store.hasSomeOf(gap), transfer);
  }

  /** Move what is missing, but for what somebody else moves meanwhile to the same place. */
  async #bring(missing: readonly ByteRange[], onBytes?: (bytes: number) => void) {
    if (missing.length === 0 || this.connection === null) return await this.#transfer(missing);
    const { onWait } = this.connection, { source, store: { place } } = this;
    const claims = await this.#store.claim?.(
      this.size,
      missing,
      () => onWait?.(`another command moves parts of ${source} into ${place}; waiting`),
    );
    if (claims === undefined) return await this.#transfer(missing, onBytes);
    try {
      await this.#transfer(await this.#store.missing(missing), onBytes);
    } finally {
      claims[Symbol.dispose]();
    }
  }

  async #transfer(missing: readonly ByteRange[], onBytes?: (bytes: number) => void) {
    const { requests, bytes } = this.#planFor(missing);
    if (requests.length === 0) return;
    const reader = this.#reader;
    if (reader === null) {
      throw new Error(
        `${bytes} bytes of ${this.source} are not in ${this.store.place}, and HF_HUB_OFFLINE is set; ` +
          "run once without it",
      );
    }
    const began = performance.now();
    const pieces = clipRanges(missing, requests).map((part) => cutRanges(part, MOST_RECORD_BYTES));
    const stop = new AbortController();
    let writer: RangeWriter | undefined;
    let next = 0;
    const lane = async () => {
      for (let i = next++; i < requests.length; i = next++) {
        // Only what has arrived makes a file in the cache.
        const keep = keepPieces(pieces[i]!, (start, part) => {
          writer ??= this.#store.writer();
          writer.write(start, part);
        });
        await reader.read(requests[i]!, (position, part) => {
          keep(position, part);
          onBytes?.(part.length);
        }, stop.signal);
      }
    };
    try {
      const lanes = Array.from({ length: Math.min(LANES, requests.length) }, lane);
      await Promise.all(lanes.map((running) => running.catch((error) => stop.abort(error))));
      stop.signal.throwIfAborted();
    } catch (error) {
      if (error instanceof Error && error.cause === overlong) await this.#store.remove();
      throw error;
    } finally {
      writer?.[Symbol.dispose]();
    }
    if (requests.length > 1) {
      this.options.meter.sawTransfer(bytes, (performance.now() - began) / 1000);
    }
  }

  /** Compare a whole file with its digest; what differs is not kept. */
  async #compare(bytes: Uint8Array) {
    if (this.#isCompared || this.size > MOST_COMPARED_BYTES) return;
    const { listed, listedBy = "the hub's listing says" } = this.options;
    const [kind, hex] = listed.content.split("-");
    if (kind !== "sha256" && kind !== "git") return;
    const isGit = kind === "git";
    const hash = isGit ? sha1().update(`blob ${this.size}\0`) : sha256();
    this.#isCompared = hash.update(bytes).hex() === hex;
    if (this.#isCompared) return;
    await this.#store.remove();
    throw new Error(
      `${this.source} came with other content than ${listedBy}; run again later`,
    );
  }
}
