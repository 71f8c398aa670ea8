/** What a pickle of tensors can hold, once read. */

/** A Python tuple; Python lists are arrays here, and dictionaries are maps. */
export class PickleTuple {
  constructor(readonly items: readonly PickleValue[]) {}
}

/** A class or function that a pickle names: never looked up, only compared with an allow-list. */
export class PickleGlobal {
  /** @param name Module and name, e.g. `torch.FloatStorage`. */
  constructor(readonly name: string) {}
}

/** Numbers that tensors view, which lie outside the pickle. */
export class TorchStorage {
  constructor(
    /** What the file calls it. */
    readonly key: string,
    /** Number format, by its name in safetensors. */
    readonly dtype: string,
    /** Numbers in it. */
    readonly count: number,
    /** Where this begins in the numbers stored under its key: old files can store a part of another storage. */
    readonly offset: number,
    /** Numbers that belong to it from there on; fewer than `count` in such a part only. */
    readonly length: number,
  ) {}
}

/** A tensor: a view of a storage, checked to lie inside it. */
export class TorchTensor {
  constructor(
    readonly storage: TorchStorage,
    /** Its first value, counted from the first of the storage's `count`. */
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

/** A value of a pickle. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleTuple
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleGlobal
  | TorchStorage
  | TorchTensor;
