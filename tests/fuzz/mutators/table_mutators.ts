/** Damage to a table of comma-separated values. */

import type { RandomStream } from "../../../data/training/random_stream.ts";
import { type Mutator, nastyTexts } from "./mutator.ts";

/** Damage to cells, lines and columns. */
export const tableMutators: readonly Mutator[] = [
  onLines(function changeCell(lines, random) {
    const line = random.integer(0, lines.length - 1);
    const cells = lines[line]!.split(",");
    cells[random.integer(0, cells.length - 1)] = random.pick(["", '""', '"a""b"', ...nastyTexts]);
    lines[line] = cells.join();
  }),
  onLines(function removeCell(lines, random) {
    const line = random.integer(0, lines.length - 1);
    lines[line] = lines[line]!.split(",").slice(1).join();
  }),
  onLines(function removeLine(lines, random) {
    lines.splice(random.integer(0, lines.length - 1), 1);
  }),
  onLines(function repeatLine(lines, random) {
    const at = random.integer(0, lines.length - 1);
    lines.splice(at, 0, ...Array(random.pick([1, 2, 50])).fill(lines[at]));
  }),
  onLines(function moveColumn(lines, random) {
    const column = random.integer(0, lines[0]!.split(",").length - 1);
    lines.forEach((line, i) => {
      const cells = line.split(",");
      lines[i] = [...cells.splice(column, 1), ...cells].join();
    });
  }),
];

function onLines(change: (lines: string[], random: RandomStream) => void): Mutator {
  const mutator: Mutator = (bytes, random) => {
    const lines = new TextDecoder().decode(bytes).split("\n");
    change(lines, random);
    return new TextEncoder().encode(lines.join(random.pick(["\n", "\n", "\r\n"])));
  };
  Object.defineProperty(mutator, "name", { value: change.name });
  return mutator;
}
