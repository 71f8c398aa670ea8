/** What is said of a Danfo frame where Danfo's own types are not to be loaded. */

/**
 * A Danfo frame with those of its members that a table is read by. `toFrame` of `neuromfa/frames` gives a frame with
 * the types of all members.
 */
export interface FrameShape {
  /** The columns, in order. */
  readonly columns: string[];
  /** The numbers of rows and of columns. */
  readonly shape: number[];
  /** What Danfo calls the type of each column. */
  readonly dtypes: string[];
  /** The cells, row by row. */
  readonly values: unknown[];
  /** A column by its name. */
  column(name: string): { readonly values: unknown; max(): number; min(): number; mean(): number };
  /** The first rows. */
  head(rows?: number): FrameShape;
  /** The last rows. */
  tail(rows?: number): FrameShape;
  /** Print the frame. */
  print(): void;
}
