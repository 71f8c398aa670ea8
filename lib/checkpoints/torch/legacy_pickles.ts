/** The five pickles in front of a torch file's older form. */

import type { ByteSource } from "../byte_source.ts";
import { maximumHeaderBytes } from "../safetensors_header.ts";
import { shown } from "../../messages/shown.ts";
import { PickleBytes, PickleEnded } from "./pickle_bytes.ts";
import type { PickleValue } from "./pickle_values.ts";
import { readNamedPickle } from "./read_named_pickle.ts";
import type { Pickle } from "./read_pickle.ts";

/** The first pickle of every such file. */
const magicNumber = 0x1950a86a20f9469cfc6cn;

/** The second; there has been no other. */
const protocolVersion = 1001;

/** Bytes read at first for the pickles; four times as many whenever they were not enough. */
const firstBytes = 1 << 18;

/** The pickle of the model, the keys of the storages in the order they are stored, and where they begin. */
export interface LegacyPickles {
  readonly model: Pickle;
  readonly keys: readonly string[];
  readonly end: number;
}

/**
 * Read the pickles in front of the storages.
 *
 * @throws {Error} if `torch.save` did not write them, or if they are damaged or ask for more than tensors.
 */
export async function readLegacyPickles(file: ByteSource): Promise<LegacyPickles> {
  const limit = Math.min(file.size, maximumHeaderBytes);
  for (let count = Math.min(limit, firstBytes);; count = Math.min(limit, 4 * count)) {
    const [bytes] = await file.read([{ start: 0, end: count }]);
    try {
      return parsePickles(new PickleBytes(bytes!), file.source);
    } catch (error) {
      const ended = error instanceof Error && error.cause instanceof PickleEnded;
      if (!ended || count === limit) throw error;
    }
  }
}

function parsePickles(bytes: PickleBytes, source: string): LegacyPickles {
  const next = () => readNamedPickle(bytes, source);
  const magic = next().value;
  if (magic !== magicNumber) {
    throw new Error(`${source} is a pickle but not one of torch.save, which would begin otherwise`);
  }
  const version = next().value;
  if (version !== protocolVersion) {
    throw new Error(
      `${source} has the torch protocol ${shown(version)}, where only ${protocolVersion} is known`,
    );
  }
  const system = next().value;
  if (!(system instanceof Map) || system.get("little_endian") !== true) {
    throw new Error(
      `${source} was not saved on a little-endian machine, so that its numbers cannot be read; ` +
        "save it again on one",
    );
  }
  const model = next();
  const keys = next().value;
  if (!isTexts(keys)) throw new Error(`${source} is damaged: its storages have no list of keys`);
  return { model, keys, end: bytes.position };
}

function isTexts(value: PickleValue): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
