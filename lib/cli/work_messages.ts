/** What the launcher and the work say to each other. */

/** What the launcher sends to the work. */
export type WorkOrder =
  | { readonly kind: "start"; readonly args: readonly string[] }
  | { readonly kind: "stop" };

/** What the work reports to the launcher. */
export type WorkReport =
  | {
    /** From now on a stop leaves something behind that a later run goes on from. */
    readonly kind: "unfinished";
    /** What is to be said then; `null` if nothing is left behind. */
    readonly line: string | null;
    /** The folder in which it has claims then. */
    readonly folder: string | null;
  }
  | { readonly kind: "ended"; readonly code: number };
