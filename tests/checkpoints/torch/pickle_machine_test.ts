import assert from "node:assert/strict";
import { PickleBudget } from "../../../lib/checkpoints/torch/pickle_machine.ts";
import { PickleBytes } from "../../../lib/checkpoints/torch/pickle_bytes.ts";
import { readPickle } from "../../../lib/checkpoints/torch/read_pickle.ts";
import {
  joined,
  littleEndian,
  named,
  pickle,
  stateDict,
  storage,
  tensor,
} from "../../helpers/pickle_bytes.ts";

const refusal =
  /^has a pickle whose first (\d+) bytes unfold to more than (\d+), as no model's tensors do; get it again, or save the model's state_dict alone$/;

/** How many bytes of a pickle are read before it is refused. */
function refusedAfter(...parts: Uint8Array[]): number {
  const bytes = new PickleBytes(pickle(...parts));
  assert.throws(() => readPickle(bytes), { message: refusal });
  return bytes.position;
}

/** So many times the same instructions. */
function repeated(times: number, ...instructions: (number | string)[]): Uint8Array {
  const once = joined(...instructions), all = new Uint8Array(times * once.length);
  for (let at = 0; at < all.length; at += once.length) all.set(once, at);
  return all;
}

Deno.test("a pickle may fill slots by its length, and is told how many when it fills more", () => {
  const bytes = { position: 1000 }, budget = new PickleBudget(bytes);
  budget.pay(2 ** 18 + 5000);
  assert.throws(() => budget.pay(1), { message: refusal });
  bytes.position = 2000;
  budget.pay(4999);
  assert.throws(() => budget.pay(1), /first 2000 bytes unfold to more than 2177152, as/);
});

Deno.test("no pickle may fill more than a gigabyte, however long it is", () => {
  const budget = new PickleBudget({ position: 1e8 });
  budget.pay(2 ** 27);
  assert.throws(() => budget.pay(1), /more than 1073741824, as/);
});

Deno.test("thousands of dictionaries made of one list are refused after a few", () => {
  const pairs = joined("](", repeated(9000, "K", 1, "K", 2, 0x86), "eq", 0);
  const callee = joined(named("collections", "OrderedDict"), "q", 1);
  const calls = repeated(12_000, "h", 1, "h", 0, 0x85, "R");
  const read = refusedAfter(pairs, callee, calls);
  const made = (read - pairs.length - callee.length) / 6;
  assert.ok(made < 16, `${made} dictionaries of 9,000 entries were made`);
});

Deno.test("millions of small values are refused before most of them are made", () => {
  for (
    const [name, bytes, most] of [
      ["nested tuples", joined(")", repeated(1e6, 0x85)), 60_000],
      ["dictionaries", repeated(1e6, "}"), 20_000],
      ["lists", repeated(1e6, "]"), 70_000],
      [
        "ordered dictionaries",
        joined(named("collections", "OrderedDict"), "q", 0, repeated(1e5, "h", 0, ")R")),
        80_000,
      ],
      ["places of the memory", joined("]r", littleEndian(2 ** 31, 4)), 20],
    ] as const
  ) {
    const read = refusedAfter(bytes);
    assert.ok(read <= most, `${name}: ${read} bytes were read`);
  }
});

Deno.test("state dicts and lists far beyond the free size are read", () => {
  const scalar = tensor(storage("FloatStorage", "0", 1), { shape: [], strides: [] });
  const entries = Array.from({ length: 5000 }, (_, i) => [`${i}`, scalar] as const);
  const model = readPickle(new PickleBytes(pickle(stateDict(Object.fromEntries(entries))))).value;
  assert.equal((model as Map<unknown, unknown>).size, 5000);
  // A tuple of one small number, which is remembered, is what takes most for its length.
  const tuples = repeated(100_000, "K", 1, 0x85, 0x94);
  const list = readPickle(new PickleBytes(pickle("](", tuples, "e"))).value;
  assert.equal((list as unknown[]).length, 100_000);
});
