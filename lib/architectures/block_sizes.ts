/** The sizes of a block's layers and parts, worked out from its matrices. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { shownName, someNames } from "../messages/shown.ts";
import type { LayerDescription } from "../schemas/architecture_description.ts";
import type { FoundBlock } from "./found_blocks.ts";

/** The size of a layer or of a part of one, and the tensor that it was read from. */
export interface Size {
  readonly size: number;
  readonly tensor: string;
}

/** The sizes of a block's layers and parts, as its matrices tell them one after another. */
export class BlockSizes {
  readonly #sizes = new Map<string, Size>();
  readonly #layers: readonly LayerDescription[];
  readonly #next: string | null;

  constructor({ layers, section }: FoundBlock, incoming: Size | undefined) {
    this.#layers = layers;
    // Blocks that are alike lead to each other, so what comes next has the size of what came.
    this.#next = section.varied || !section.repeats ? null : section.next;
    for (const { role, size } of layers) {
      if (size !== undefined) this.tell(role, { size, tensor: role });
    }
    if (incoming) this.tell(layers[0]!.role, incoming);
  }

  of(place: string): Size | undefined {
    return this.#sizes.get(this.#stream(place));
  }

  /** Take a size for what a place is, unless one is known. */
  tell(place: string, size: Size): void {
    const stream = this.#stream(place);
    if (this.#sizes.has(stream)) return;
    this.#sizes.set(stream, size);
    for (const { role, parts = [role], follows, paired = [] } of this.#layers) {
      if (follows === undefined) continue;
      if (paired.includes(place) && parts.length >= 1) this.tell(follows, size);
      else if (follows === place) { for (const part of paired) this.tell(part, size); }
    }
  }

  /** Tell what follows from the rest. */
  settle({ source }: Checkpoint): void {
    for (const { role, parts, follows, paired = [] } of this.#layers) {
      for (const part of follows === undefined ? [] : paired) {
        const [size, all] = [this.of(part)?.size, this.of(follows!)?.size];
        if (size === all) continue;
        throw new Error(
          `${part} of ${source} has ${size} neurons, but ${follows}, which they lead to, has ${all}`,
        );
      }
      if (parts !== undefined) {
        const unknown = parts.filter((part) => this.of(part) === undefined);
        const known = parts.reduce((sum, part) => sum + (this.of(part)?.size ?? 0), 0);
        const whole = this.of(role);
        if (unknown.length > 0 && whole !== undefined) {
          const size = (whole.size - known) / unknown.length;
          if (!(Number.isInteger(size) && size > 0)) {
            throw new Error(
              `tensor ${shownName(whole.tensor)} of ${source} leads to ${whole.size} neurons, ` +
                `which are no ${someNames(parts)} where ${someNames(paired)} are ${known}`,
            );
          }
          for (const part of unknown) this.tell(part, { ...whole, size });
        } else if (unknown.length === 0) {
          if (whole !== undefined && whole.size !== known) {
            throw new Error(
              `tensor ${
                shownName(whole.tensor)
              } of ${source} says ${whole.size} neurons of ${role}, ` +
                `but its parts ${someNames(parts)} are ${known}`,
            );
          }
          this.tell(role, { size: known, tensor: role });
        }
      }
      for (const name of [role, ...parts ?? []]) {
        if (this.of(name) !== undefined) continue;
        throw new Error(
          `no tensor of ${source} tells how many neurons "${name}" has; give it a size or a matrix`,
        );
      }
    }
  }

  #stream(place: string): string {
    if (place === this.#next) return this.#layers[0]!.role;
    return this.#layers.find(({ role }) => role === place)?.residual ?? place;
  }
}
