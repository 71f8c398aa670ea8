/** What a reader could not read: texts that are cut off or cover each other. */

import type { Figure } from "../../lib/figures/render/draw_figure.ts";
import { type TextBox, textBoxes } from "./text_boxes.ts";

/** A sentence for each text that leaves the figure and for each two that overlap. */
export function textFaults(figure: Pick<Figure, "svg" | "width" | "height">): string[] {
  const boxes = textBoxes(figure).filter(({ text }) => text.trim() !== "");
  const cutOff = boxes.filter(({ corners }) =>
    corners.some(([x, y]) => x < 0 || y < 0 || x > figure.width || y > figure.height)
  );
  return [
    ...cutOff.map(({ text }) => `“${text}” leaves the figure`),
    ...boxes.flatMap((one, i) =>
      boxes.slice(i + 1).filter((other) => overlap(one, other))
        .map(({ text }) => `“${one.text}” and “${text}” overlap`)
    ),
  ];
}

/** Two boxes, slanted or not, overlap unless a line along a side of one of them parts them. */
function overlap(one: TextBox, other: TextBox): boolean {
  return [one, other].every(({ corners: [first, second, third] }) =>
    [[first!, second!], [second!, third!]].every(([from, to]) => {
      const [dx, dy] = [to![0] - from![0], to![1] - from![1]];
      const along = ({ corners }: TextBox) => corners.map(([x, y]) => x * dx + y * dy);
      const [a, b] = [along(one), along(other)];
      return Math.max(...a) > Math.min(...b) && Math.max(...b) > Math.min(...a);
    })
  );
}
