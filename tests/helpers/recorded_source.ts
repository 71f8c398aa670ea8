/** A source of bytes in memory that remembers what was asked of it. */

import { createHash } from "node:crypto";
import type { ByteRange, ByteSource } from "../../lib/checkpoints/byte_source.ts";

/** A source of `bytes`; each call of `read` is added to `reads`. */
export interface RecordedSource extends ByteSource {
  readonly reads: (readonly ByteRange[])[];
}

/** Make one; a range that leaves the bytes is refused as a `ByteSource` must. */
export function recordedSource(bytes: Uint8Array, source = "/memory/weights"): RecordedSource {
  const reads: (readonly ByteRange[])[] = [];
  return {
    source,
    size: bytes.length,
    reads,
    async read(ranges) {
      reads.push(ranges);
      await Promise.resolve();
      return ranges.map(({ start, end }) => {
        if (!(0 <= start && start <= end && end <= bytes.length)) {
          throw new Error(`bytes ${start} to ${end} of ${source} do not exist`);
        }
        return bytes.slice(start, end);
      });
    },
    digest: () => Promise.resolve(createHash("sha256").update(bytes).digest("hex")),
  };
}
