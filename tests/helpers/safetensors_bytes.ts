/** Build safetensors files that may be wrong in any way. */

/** A file of a header, written as given, and data; the announced length is the header's unless given. */
export function safetensorsBytes(
  header: unknown,
  data: Uint8Array | number,
  announced?: bigint,
): Uint8Array {
  const json = typeof header === "string" ? header : JSON.stringify(header);
  const text = new TextEncoder().encode(json);
  const dataBytes = typeof data === "number" ? new Uint8Array(data) : data;
  const file = new Uint8Array(8 + text.length + dataBytes.length);
  new DataView(file.buffer).setBigUint64(0, announced ?? BigInt(text.length), true);
  file.set(text, 8);
  file.set(dataBytes, 8 + text.length);
  return file;
}
