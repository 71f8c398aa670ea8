/** What the fuzzer finds today and other work is mending. */

/** Faults that are counted and do not fail; to be emptied. */
export const KNOWN: readonly { readonly format: string; readonly message: RegExp }[] = [];
