/** Pixels a side of an image. */
export const IMAGE_SIDE = 16;

/** Grey values of an image, row by row from the top; 0 is empty. */
export type Canvas = Float32Array;

/** A canvas whose pixels are a function of their centres, `x` to the right and `y` downwards, both from 0.5 to 15.5. */
export function paint(ink: (x: number, y: number) => number): Canvas {
  return Float32Array.from(
    { length: IMAGE_SIDE ** 2 },
    (_, i) => ink(i % IMAGE_SIDE + 0.5, Math.floor(i / IMAGE_SIDE) + 0.5),
  );
}

/** Ink of a line two pixels wide at some distance from its middle, with soft edges. */
export function line(distance: number): number {
  return Math.max(0, Math.min(1, 1.5 - Math.abs(distance)));
}
