/**
 * Tables as Danfo frames. Only this entry leads to Danfo, which brings some 500 packages; rows and
 * {@linkcode toColumns} do without.
 *
 * @module
 */

export { correlate } from "../frames/correlate.ts";
export { type Frame, fromFrame, toFrame } from "../frames/frames.ts";
