/** Read a checkpoint's `config.json`, and what JSON of other files is checked by. */

import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import { printable, shown } from "../messages/shown.ts";
import { type ByteSource, readRange } from "./byte_source.ts";

/** The file with the model's sizes; a checkpoint can do without. */
export const CONFIG_FILE = "config.json";

/** Longest `config.json` that is read, in bytes; the longest on the Hugging Face hub have about 1 MB. */
const MAXIMUM_CONFIG_BYTES = 16_000_000;

type Config = Readonly<Record<string, unknown>>;

/** The object in a `config.json`. */
export async function readConfigFrom(file: ByteSource): Promise<Config> {
  checkSize(file.size, file.source);
  return parseConfig(new TextDecoder().decode(await readRange(file, 0, file.size)), file.source);
}

function checkSize(size: number, path: string) {
  if (size <= MAXIMUM_CONFIG_BYTES) return;
  throw new Error(`${path} has ${size} bytes, more than any config.json (${MAXIMUM_CONFIG_BYTES})`);
}

function parseConfig(text: string, path: string): Config {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    if (error instanceof JsonTooLarge) throw new Error(`${path} ${error.message}; get it again`);
    throw new Error(`${path} is no valid JSON: ${printable((error as Error).message)}`);
  }
  if (isObject(value)) return value;
  throw new Error(`${path} must hold a JSON object but holds ${shown(value)}`);
}

/** Whether a value of a JSON text is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first name that occurs twice in one object of a text that `JSON.parse` has accepted, or `null`. */
export function repeatedName(json: string): string | null {
  // The names met in each object that is open at this point; null stands for an open array.
  const open: (Set<string> | null)[] = [];
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(null);
    else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const start = i++;
      while (json[i] !== '"') i += json[i] === "\\" ? 2 : 1;
      const names = open.at(-1);
      let next = i + 1;
      while (" \n\r\t".includes(json[next]!)) next++;
      if (!names || json[next] !== ":") continue;
      const name = JSON.parse(json.slice(start, i + 1));
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  return null;
}
