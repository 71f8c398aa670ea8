/** Build pickles by hand, those that torch would write and those that it never would. */

/** Bytes by number, latin letters by text, other pieces as they are. */
export type PicklePart = number | string | Uint8Array;

/** The bytes of all parts, one after another. */
export function joined(...parts: PicklePart[]): Uint8Array {
  const bytes: number[] = [];
  for (const part of parts) {
    if (typeof part === "number") bytes.push(part);
    else if (typeof part === "string") {
      for (const letter of part) bytes.push(letter.charCodeAt(0));
    } else for (const byte of part) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** A pickle of protocol 2 with these instructions. */
export function pickle(...parts: PicklePart[]): Uint8Array {
  return joined(0x80, 2, ...parts, ".");
}

/** The instruction that pushes a text. */
export function text(value: string): Uint8Array {
  return joined("X", littleEndian(value.length, 4), value);
}

/** The instruction that pushes a whole number below 2³¹. */
export function integer(value: number): Uint8Array {
  return joined("J", littleEndian(value, 4));
}

/** The instructions that push a tuple. */
export function tuple(...items: PicklePart[]): Uint8Array {
  return joined("(", ...items, "t");
}

/** The instruction that pushes a name. */
export function named(module: string, name: string): Uint8Array {
  return joined("c", module, "\n", name, "\n");
}

/** Push a storage, named by its class such as `FloatStorage`. */
export function storage(type: string, key: string, count: number, ...part: PicklePart[]) {
  const view = part.length > 0 ? part : ["N"];
  const items = [text("storage"), named("torch", type), text(key), text("cpu"), integer(count)];
  return joined(tuple(...items, ...view), "Q");
}

/** Push a tensor that views a storage. */
export function tensor(
  of: Uint8Array,
  { shape, strides, offset = 0 }: {
    shape: readonly number[];
    strides: readonly number[];
    offset?: number;
  },
): Uint8Array {
  const hooks = joined(named("collections", "OrderedDict"), ")R");
  const sizes = tuple(...shape.map(integer)), steps = tuple(...strides.map(integer));
  return joined(
    named("torch._utils", "_rebuild_tensor_v2"),
    tuple(of, integer(offset), sizes, steps, 0x89, hooks),
    "R",
  );
}

/** Push an ordered dictionary of values by name, as a state dict with its attributes. */
export function stateDict(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const items = Object.entries(entries).flatMap(([name, value]) => [text(name), value]);
  const attributes = joined("}", text("_metadata"), "}s");
  return joined(named("collections", "OrderedDict"), ")R(", ...items, "u", attributes, "b");
}

/** Push a dictionary of values by name. */
export function dictionary(entries: Readonly<Record<string, PicklePart>>): Uint8Array {
  const items = Object.entries(entries).flatMap(([name, value]) => [text(name), value]);
  return joined("}(", ...items, "u");
}

/**
 * Push an object of a class, such as `torch.nn.modules.linear` and `Linear`, with what it has by
 * name.
 */
export function object(
  [module, name]: readonly [module: string, name: string],
  state: Readonly<Record<string, PicklePart>>,
): Uint8Array {
  return joined(named(module, name), ")", 0x81, dictionary(state), "b");
}

/** What a module holds by name. */
export interface ModuleParts {
  readonly parameters?: Readonly<Record<string, PicklePart>>;
  readonly buffers?: Readonly<Record<string, PicklePart>>;
  /** Names of buffers that `state_dict()` leaves out. */
  readonly unsaved?: readonly string[];
  readonly modules?: Readonly<Record<string, PicklePart>>;
}

/** Push an `nn.Module` as `torch.save` writes a whole one. */
export function wholeModule(
  { parameters = {}, buffers = {}, unsaved = [], modules = {} }: ModuleParts,
  type: readonly [module: string, name: string] = ["__main__", "Net"],
): Uint8Array {
  const names = joined("](", ...unsaved.map(text), "e");
  return object(type, {
    training: joined(0x88),
    _parameters: dictionary(parameters),
    _buffers: dictionary(buffers),
    _non_persistent_buffers_set: joined(named("__builtin__", "set"), names, 0x85, "R"),
    _forward_hooks: joined(named("collections", "OrderedDict"), ")R"),
    _modules: dictionary(modules),
  });
}

/** A whole number in `length` bytes, the lowest first. */
export function littleEndian(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value), true);
  return bytes.slice(0, length);
}
