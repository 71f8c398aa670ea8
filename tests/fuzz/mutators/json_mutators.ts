/** Damage to what a JSON text says: it stays JSON more often than not. */

import type { RandomStream } from "../../../data/training/random_stream.ts";
import { type Mutator, nastyTexts } from "./mutator.ts";

/** JSON texts that take the place of a value. */
const nastyJson: readonly string[] = [
  ...'null {} [] "" true false 0 -0 -1 0.5 1e999 -1e999 1e21 2147483648 9007199254740993'.split(
    " ",
  ),
  ...'[null] [[]] [{}] {"":0} {"__proto__":{"a":1}} {"length":1e9} "0" "1e9"'.split(" "),
  JSON.stringify("y".repeat(100_000)),
  "[".repeat(500) + "]".repeat(500),
  "{".concat(Array.from({ length: 200 }, (_, i) => `"k${i}":${i}`).join(), "}"),
  ...nastyTexts.map((text) => JSON.stringify(text)),
];

/** A value of a JSON text, and how to put another text into its place. */
interface Slot {
  /** The object or the list that holds it. */
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string;
}

/** Stands in a value for JSON text that is put in as it is. */
const MARK = "\u0001json:";

/** Damage to JSON: the value changes and the text is written anew. */
export const jsonMutators: readonly Mutator[] = [
  onJson(function replaceValue(slots, random) {
    put(random.pick(slots), MARK + random.integer(0, nastyJson.length - 1));
  }),
  onJson(function moveValue(slots, random) {
    const from = random.pick(slots);
    put(random.pick(slots), structuredClone(valueOf(from)));
  }),
  onJson(function changeNumber(slots, random) {
    const numbers = slots.filter((slot) => typeof valueOf(slot) === "number");
    const slot = random.pick(numbers.length > 0 ? numbers : slots);
    const number = Number(valueOf(slot)) || 0;
    put(slot, random.pick([number + 1, number - 1, -number, 1e9 * number, number + 0.5, 2 ** 32]));
  }),
  onJson(function changeText(slots, random) {
    const texts = slots.filter((slot) => typeof valueOf(slot) === "string");
    const slot = random.pick(texts.length > 0 ? texts : slots);
    const text = String(valueOf(slot)), at = random.integer(0, text.length);
    put(slot, text.slice(0, at) + random.pick(nastyTexts) + text.slice(at + random.integer(0, 1)));
  }),
  onJson(function removeKey(slots, random) {
    const { holder, key } = random.pick(slots);
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  }),
  onJson(function renameKey(slots, random) {
    const { holder, key } = random.pick(slots);
    if (Array.isArray(holder)) return;
    const value = holder[key];
    delete holder[key];
    // A plain assignment to __proto__ would make no key.
    Object.defineProperty(holder, random.pick(nastyTexts), { value, enumerable: true });
  }),
  onJson(function repeatItem(slots, random) {
    const inLists = slots.filter(({ holder }) => Array.isArray(holder));
    if (inLists.length === 0) return;
    const { holder, key } = random.pick(inLists);
    const value = (holder as unknown[])[Number(key)];
    const copies = Array.from({ length: random.pick([1, 2, 100]) }, () => structuredClone(value));
    (holder as unknown[]).splice(Number(key), 0, ...copies);
  }),
  function repeatKey(bytes, random) {
    const text = new TextDecoder().decode(bytes);
    const pairs = [...text.matchAll(/"\w+"\s*:\s*(?:"[^"]*"|[\w.-]+)/g)];
    if (pairs.length === 0) return bytes;
    const { index, 0: pair } = random.pick(pairs);
    return new TextEncoder().encode(`${text.slice(0, index)}${pair},${text.slice(index)}`);
  },
  function changeToken(bytes, random) {
    const text = new TextDecoder().decode(bytes);
    const tokens = [...text.matchAll(/"[^"]*"|[[\]{},:]|[\w.+-]+/g)];
    if (tokens.length === 0) return bytes;
    const { index, 0: token } = random.pick(tokens);
    const other = random.pick([...nastyTexts, random.pick(tokens)[0], ""]);
    return new TextEncoder().encode(
      text.slice(0, index) + other + text.slice(index + token.length),
    );
  },
];

/** A mutator of what a JSON text says; what is no JSON any more stays as it is. */
function onJson(change: (slots: readonly Slot[], random: RandomStream) => void): Mutator {
  const mutator: Mutator = (bytes, random) => {
    const whole: { value: unknown } = { value: null };
    try {
      whole.value = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return bytes;
    }
    change([...slotsOf(whole)], random);
    if (whole.value === undefined) return new Uint8Array();
    const text = JSON.stringify(whole.value, null, random.pick([0, 2]));
    return new TextEncoder().encode(
      text.replace(/"\\u0001json:(\d+)"/g, (_, i) => nastyJson[Number(i)]!),
    );
  };
  Object.defineProperty(mutator, "name", { value: change.name });
  return mutator;
}

function* slotsOf(holder: object): Generator<Slot> {
  for (const [key, value] of Object.entries(holder)) {
    yield { holder: holder as Record<string, unknown>, key };
    if (typeof value === "object" && value !== null) yield* slotsOf(value);
  }
}

function valueOf({ holder, key }: Slot): unknown {
  return (holder as Record<string, unknown>)[key];
}

function put({ holder, key }: Slot, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}
