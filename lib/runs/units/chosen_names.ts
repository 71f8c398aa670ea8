/** Names of layers as they are typed, some of which hold commas themselves. */
import type { NeuronLayer } from "../../architectures/architecture.ts";
import { chosenLayers } from "../../networks/chosen_layers.ts";

/**
 * Put names together that were taken apart at their commas, such as `query, key, value`.
 *
 * @param words What was between commas.
 * @param layers All layers of the model.
 * @returns Names and roles of layers, in the order given.
 * @throws {RangeError} If no layer has a name or role of these words, naming the nearest.
 */
export function chosenNames(words: readonly string[], layers: readonly NeuronLayer[]): string[] {
  const known = new Set(layers.slice(0, -1).flatMap(({ name, role }) => [name, role]));
  const names: string[] = [];
  for (let start = 0; start < words.length;) {
    let end = words.length;
    while (end > start + 1 && !known.has(words.slice(start, end).join(", "))) end--;
    names.push(words.slice(start, end).join(", "));
    start = end;
  }
  chosenLayers(layers, names);
  return names;
}
