/** Build ONNX files by hand. */

import { joined, type PicklePart } from "./pickle_bytes.ts";

/** A number as protobuf writes it. */
function varint(value: number): number[] {
  if (value < 0) {
    return [...varint(2 ** 49 + value).slice(0, 7).map((byte) => byte | 128), 255, 255, 1];
  }
  return value < 128 ? [value] : [value % 128 + 128, ...varint(Math.floor(value / 128))];
}

/** A field that holds a number. */
export function numberField(number: number, value: number): Uint8Array {
  return joined(...varint(8 * number), ...varint(value));
}

/** A field that holds a text or a message. */
export function bytesField(number: number, ...parts: PicklePart[]): Uint8Array {
  const bytes = joined(...parts);
  return joined(...varint(8 * number + 2), ...varint(bytes.length), bytes);
}

/** A tensor with raw values; type 1 is F32. */
export function onnxTensor(
  name: string,
  shape: readonly number[],
  bytes: Uint8Array,
  type = 1,
): Uint8Array {
  return bytesField(
    5,
    ...shape.map((size) => numberField(1, size)),
    numberField(2, type),
    bytesField(8, name),
    bytesField(9, bytes),
  );
}

/** A node, whose settings are whole numbers or lists of them. */
export function onnxNode(
  op: string,
  inputs: readonly string[],
  output: string,
  settings: Readonly<Record<string, number | readonly number[]>> = {},
): Uint8Array {
  return bytesField(
    1,
    ...inputs.map((name) => bytesField(1, name)),
    bytesField(2, output),
    bytesField(4, op),
    ...Object.entries(settings).map(([name, value]) =>
      bytesField(
        5,
        bytesField(1, name),
        ...typeof value === "number"
          ? [numberField(3, value)]
          : value.map((one) => numberField(8, one)),
      )
    ),
  );
}

/** A file of these nodes and tensors, with an input `x`. */
export function onnxBytes(...parts: Uint8Array[]): Uint8Array {
  return joined(numberField(1, 8), bytesField(7, bytesField(11, bytesField(1, "x")), ...parts));
}
