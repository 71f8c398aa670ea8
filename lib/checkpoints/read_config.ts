/** Read a checkpoint's `config.json`. */

import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import type { ByteSource } from "./byte_source.ts";
import { printable, shown } from "../messages/shown.ts";
import { readTextNow } from "../files/read_file.ts";
import { readingNow } from "../files/system_fault.ts";

/** Longest `config.json` that is read, in bytes; the longest on the Hugging Face hub have about 1 MB. */
const MAXIMUM_CONFIG_BYTES = 16_000_000;

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
  if (size <= MAXIMUM_CONFIG_BYTES) return;
  throw new Error(`${path} has ${size} bytes, more than any config.json (${MAXIMUM_CONFIG_BYTES})`);
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
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonTooLarge) throw new Error(`${path} ${error.message}; get it again`);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} is no valid JSON: ${printable(reason)}`);
  }
}

/**
 * The first name that occurs twice in one object of a valid JSON text, or `null`.
 *
 * @param json Text that `JSON.parse` has accepted.
 */
export function repeatedName(json: string): string | null {
  // The names met in each object that is open at this point; null stands for an open array.
  const open: (Set<string> | null)[] = [];
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(null);
    else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const start = i;
      i = endOfString(json, start);
      const names = open.at(-1);
      if (!names || !isFollowedByColon(json, i)) continue;
      const name = JSON.parse(json.slice(start, i + 1));
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  return null;
}

function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (json[i] !== '"') i += json[i] === "\\" ? 2 : 1;
  return i;
}

function isFollowedByColon(json: string, end: number): boolean {
  let i = end + 1;
  while (" \n\r\t".includes(json[i]!)) i++;
  return json[i] === ":";
}
