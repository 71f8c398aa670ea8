/** Read the index of weights that are split into several files, such as `model.safetensors.index.json`. */

import type { ByteSource } from "./byte_source.ts";
import { repeatedName } from "./repeated_name.ts";
import { maximumHeaderBytes } from "./safetensors_header.ts";
import { shown } from "../messages/shown.ts";

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
    value = JSON.parse(text);
  } catch {
    throw new Error(`${source} is no JSON text; get it again`);
  }
  const map = isObject(value) ? value.weight_map : undefined;
  if (!isObject(map)) {
    throw new Error(`${source} is no index of weights: it has no object weight_map; get it again`);
  }
  const repeated = repeatedName(text);
  if (repeated !== null) throw new Error(`${source} has the name ${shown(repeated)} twice`);
  const weightMap = new Map<string, string>();
  for (const [name, file] of Object.entries(map)) {
    if (typeof file !== "string" || !isPlainFileName(file)) {
      throw new Error(
        `${source} says that tensor ${shown(name)} is in ${shown(file)}, which is no file's name ` +
          "in its folder",
      );
    }
    weightMap.set(name, file);
  }
  return weightMap;
}

/** Whether a name can only be that of a file beside the index. */
function isPlainFileName(name: string): boolean {
  return !/[/\\:\p{Cc}\p{Cf}]/u.test(name) && !/^\.*$/.test(name) && name.length <= 255;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
