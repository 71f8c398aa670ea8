/** Read a checkpoint's `config.json`. */

import type { ByteSource } from "./byte_source.ts";
import { printable } from "../messages/printable.ts";
import { shown } from "../messages/shown.ts";
import { readTextNow } from "../files/read_file.ts";
import { readingNow } from "../files/system_fault.ts";

/** Longest `config.json` that is read, in bytes; the longest on the Hugging Face hub have about 1 MB. */
const maximumConfigBytes = 16_000_000;

/**
 * The object in a `config.json`, or `null` where there is no such file.
 *
 * @throws {Error} if the file is too long or holds no JSON object.
 */
export function readConfig(path: string): Readonly<Record<string, unknown>> | null {
  const size = sizeOf(path);
  if (size === null) return null;
  checkSize(size, path);
  return parseConfig(readTextNow(path), path);
}

/**
 * The object in a `config.json` that is read from any source.
 *
 * @throws {Error} if the file is too long or holds no JSON object.
 */
export async function readConfigFrom(file: ByteSource): Promise<Readonly<Record<string, unknown>>> {
  checkSize(file.size, file.source);
  const [bytes] = await file.read([{ start: 0, end: file.size }]);
  return parseConfig(new TextDecoder().decode(bytes), file.source);
}

function checkSize(size: number, path: string) {
  if (size <= maximumConfigBytes) return;
  throw new Error(`${path} has ${size} bytes, more than any config.json (${maximumConfigBytes})`);
}

function parseConfig(text: string, path: string): Readonly<Record<string, unknown>> {
  const value = parse(text, path);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Error(`${path} must hold a JSON object but holds ${shown(value)}`);
}

function sizeOf(path: string): number | null {
  try {
    const info = readingNow(path, () => Deno.statSync(path));
    if (info.isFile) return info.size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  throw new Error(`${path} is no file`);
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} is no valid JSON: ${printable(reason)}`);
  }
}
