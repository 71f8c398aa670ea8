/** Read the index of weights that are split into several files, such as `model.safetensors.index.json`. */

import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import { isPlainName } from "../files/plain_name.ts";
import type { ByteSource } from "./byte_source.ts";
import { repeatedName } from "./repeated_name.ts";
import { maximumHeaderBytes } from "./safetensors_header.ts";
import { shown } from "../messages/shown.ts";
import { checkTensorCount } from "./tensor_count.ts";

/**
 * The file of each tensor by the tensor's name.
 *
 * @throws {Error} if the index is too long, is damaged, or names a file outside its folder.
 */
export async function readShardIndex(index: ByteSource): Promise<Map<string, string>> {
  const { source, size } = index;
  if (size > maximumHeaderBytes) {
    throw new Error(`${source} has ${size} bytes, more than any index (${maximumHeaderBytes})`);
  }
  const [bytes] = await index.read([{ start: 0, end: size }]);
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = parseJson(text);
  } catch (error) {
    const what = error instanceof JsonTooLarge ? error.message : "is no JSON text";
    throw new Error(`${source} ${what}; get it again`);
  }
  const map = isObject(value) ? value.weight_map : undefined;
  if (!isObject(map)) {
    throw new Error(`${source} is no index of weights: it has no object weight_map; get it again`);
  }
  const repeated = repeatedName(text);
  if (repeated !== null) throw new Error(`${source} has the name ${shown(repeated)} twice`);
  const weightMap = new Map<string, string>();
  const names = Object.keys(map);
  checkTensorCount(names.length, source);
  for (const name of names) {
    const file = map[name];
    // A colon names a disk or a stream on some systems.
    if (!isPlainName(file) || file.includes(":")) {
      throw new Error(
        `${source} says that tensor ${shown(name)} is in ${shown(file)}, which is no file's name ` +
          "in its folder",
      );
    }
    weightMap.set(name, file);
  }
  return weightMap;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
