/**
 * The tensors of a module that was saved whole, by the names that its `state_dict()` gives them.
 */

import { printable, shown } from "../../messages/shown.ts";
import { PickleOpaque, type PickleValue, TorchTensor } from "./pickle_machine.ts";

/** The tensors of a module and of the modules inside it. */
export interface ModuleTensors {
  /** The tensors by name. */
  readonly items: ReadonlyMap<PickleValue, PickleValue>;
  /** What of the module cannot be read as weights, `null` where all can. */
  readonly unreadable: string | null;
}

/** Modules inside each other; one that holds itself has no end. */
const MOST_DEPTH = 100;
/** Parts of modules that are looked at in a file: a module can be a part of many. */
const MOST_PARTS = 200_000;
/** Letters of a tensor's name. */
const MOST_LETTERS = 500;

/** Classes of a TorchScript program. */
const SCRIPT = "__torch__.";
/**
 * Those of them that keep weights in a form of their own, such as packed for products of 8 bits.
 */
const SCRIPT_BUILT_IN = `${SCRIPT}torch.classes.`;

type Entry = readonly [PickleValue, PickleValue];

/** The tensors of one module by their own names, and the modules inside it. */
interface ModuleParts {
  readonly tensors: readonly Entry[];
  readonly modules: readonly Entry[];
}

/**
 * Reads modules from what a pickle keeps of them, the name of their class and their state: no
 * object is made of them, and nothing is called. One reader serves a file, since its bounds are
 * those of the file.
 */
export class ModuleReader {
  #parts = 0;

  constructor(private readonly source: string) {}

  /**
   * The tensors of a module: its parameters, its buffers but those that are not saved, and those of
   * the modules inside. Of an object of a TorchScript program they are all attributes that are
   * tensors.
   *
   * @returns `null` if the value is no module.
   * @throws {Error} If modules lie too deep in each other or are too many, as only damage or malice makes them.
   */
  read(value: PickleValue): ModuleTensors | null {
    const parts = value instanceof PickleOpaque ? this.#partsOf(value) : null;
    if (parts === null) return null;
    const items = new Map<PickleValue, PickleValue>();
    const unreadable = this.#collect(parts, "", 1, items);
    return { items, unreadable };
  }

  /**
   * Add the tensors of a module and of those inside; what of them cannot be read first is returned.
   */
  #collect(
    { tensors, modules }: ModuleParts,
    prefix: string,
    depth: number,
    items: Map<PickleValue, PickleValue>,
  ): string | null {
    let unreadable: string | null = null;
    const cannot = (what: string, { name }: PickleOpaque) =>
      unreadable ??= `${what} of ${printable(name.slice(0, 80))}`;
    for (const [key, value] of tensors) {
      const name = this.#nameOf(prefix, key);
      if (value instanceof PickleOpaque) cannot(`a tensor ${shown(name)}`, value);
      if (!(value instanceof TorchTensor)) continue;
      if (items.has(name)) {
        throw new Error(`${this.source} is damaged: it has two tensors ${shown(name)} in a module`);
      }
      items.set(name, value);
    }
    for (const [key, value] of modules) {
      const name = this.#nameOf(prefix, key);
      if (!(value instanceof PickleOpaque)) continue;
      if (depth >= MOST_DEPTH) {
        throw new Error(
          `${this.source} has modules more than ${MOST_DEPTH} deep in each other, or one that holds itself; ` +
            "save the model's state_dict alone",
        );
      }
      const inner = this.#partsOf(value);
      if (inner === null) cannot(`a module ${shown(name)}`, value);
      else unreadable ??= this.#collect(inner, `${name}.`, depth + 1, items);
    }
    return unreadable;
  }

  #nameOf(prefix: string, key: PickleValue): string {
    if (typeof key === "string" && prefix.length + key.length <= MOST_LETTERS) return prefix + key;
    const why = typeof key === "string" ? "which is too long" : "which is no text";
    throw new Error(`${this.source} has a part of a module named ${shown(key)}, ${why}`);
  }

  #partsOf(value: PickleOpaque): ModuleParts | null {
    return value.name.startsWith(SCRIPT) ? this.#scriptParts(value) : this.#moduleParts(value);
  }

  /** The parts of an `nn.Module` of any version of torch. */
  #moduleParts({ state }: PickleOpaque): ModuleParts | null {
    if (!(state instanceof Map)) return null;
    const [parameters, buffers, modules] = ["_parameters", "_buffers", "_modules"]
      .map((name) => state.get(name));
    if (!(parameters instanceof Map && buffers instanceof Map && modules instanceof Map)) {
      return null;
    }
    this.#count(parameters.size + buffers.size + modules.size);
    const unsaved = state.get("_non_persistent_buffers_set");
    const saved = unsaved instanceof Set
      ? [...buffers].filter(([name]) => !unsaved.has(name))
      : buffers;
    return { tensors: [...parameters, ...saved], modules: [...modules] };
  }

  /**
   * The same of an object of a TorchScript program, whose attributes are told apart by what they
   * are.
   */
  #scriptParts({ name, state }: PickleOpaque): ModuleParts | null {
    if (name.startsWith(SCRIPT_BUILT_IN) || !(state === null || state instanceof Map)) return null;
    this.#count(state?.size ?? 0);
    const attributes = [...state ?? []];
    return {
      tensors: attributes.filter(([, value]) =>
        value instanceof TorchTensor ||
        value instanceof PickleOpaque && /\._rebuild_/.test(value.name)
      ),
      modules: attributes.filter(([, value]) =>
        value instanceof PickleOpaque && value.name.startsWith(SCRIPT)
      ),
    };
  }

  /** Count parts before they are looked at. */
  #count(parts: number) {
    this.#parts += parts;
    if (this.#parts <= MOST_PARTS) return;
    throw new Error(
      `${this.source} has modules with more than ${MOST_PARTS} parts, as no model has; save the model's state_dict alone`,
    );
  }
}
