/** Which layers' neurons are measured. */
import type { NeuronLayer } from "../architectures/architecture.ts";
import { nearestName } from "../names/nearest_name.ts";

/**
 * The layers that have one of some names or roles; the last layer, which no edges come from, is never one.
 *
 * @param layers All layers.
 * @param wanted Names or roles; all layers unless given.
 * @returns Indices in `layers`, ascending.
 * @throws {RangeError} If `wanted` is empty, or no layer has one of them.
 */
export function chosenLayers(
  layers: readonly NeuronLayer[],
  wanted?: readonly string[],
): number[] {
  const all = [...layers.keys()].slice(0, -1);
  if (wanted === undefined) return all;
  const known = all.flatMap((layer) => [layers[layer]!.role, layers[layer]!.name]);
  if (wanted.length === 0) {
    throw new RangeError(`layers is empty; name at least one, such as "${known[0]}".`);
  }
  for (const name of wanted) {
    if (known.includes(name)) continue;
    throw new RangeError(
      `No layer that edges come from has the name or role "${name}"; ` +
        `did you mean "${nearestName(name, known)}"?`,
    );
  }
  return all.filter((layer) =>
    wanted.includes(layers[layer]!.name) || wanted.includes(layers[layer]!.role)
  );
}
