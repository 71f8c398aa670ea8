/** A safetensors file whose tensors are read by ranges of rows. */

import type { ByteSource } from "./byte_source.ts";
import { FileWeights } from "./file_weights.ts";
import {
  HEADER_PREFIX_BYTES,
  parseSafetensorsHeader,
  safetensorsHeaderBytes,
} from "./safetensors_header.ts";
import { rowMajorStrides } from "./strided_rows.ts";
import type { Weights } from "./weights.ts";

/**
 * Open a safetensors file: its header is read and checked, no values yet.
 *
 * @throws {Error} if the header is not what the format requires.
 */
export async function openSafetensors(file: ByteSource): Promise<Weights> {
  const { source, size } = file;
  const [prefix] = await file.read([{ start: 0, end: Math.min(size, HEADER_PREFIX_BYTES) }]);
  const headerEnd = HEADER_PREFIX_BYTES + safetensorsHeaderBytes(prefix!, size, source);
  const [header] = await file.read([{ start: HEADER_PREFIX_BYTES, end: headerEnd }]);
  const tensors = [...parseSafetensorsHeader(header!, size, source).values()].map((tensor) => ({
    ...tensor,
    strides: rowMajorStrides(tensor.shape),
  }));
  return new FileWeights(
    file,
    new Map(tensors.map((tensor) => [tensor.name, tensor])),
    (some) => some.map(({ begin }) => begin),
  );
}
