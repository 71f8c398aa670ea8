/** What a Jupyter notebook is to the rest of this room. */

/** One cell as stored. */
export interface NotebookCell {
  /** Whether it holds code, text, or something neither run nor shown. */
  readonly kind: "code" | "markdown" | "raw";
  /** Its id, unique in the notebook; `cell-<n>` where the file has none. */
  readonly id: string;
  /** Its text. */
  readonly source: string;
  /** Its metadata, as stored. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Pictures of a text cell, as stored. */
  readonly attachments?: Readonly<Record<string, unknown>>;
  /** Number of outputs stored with it. */
  readonly storedOutputs: number;
}

/** A notebook as stored. */
export interface Notebook {
  /** The file it was read from, for messages. */
  readonly path: string;
  /** All cells in order. */
  readonly cells: readonly NotebookCell[];
  /** Its metadata, as stored. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Something wrong with a notebook; its message names the file and what to do, or the cell and its line. */
export class NotebookError extends Error {
  /** Always `NotebookError`. */
  override readonly name: string = "NotebookError";
}
