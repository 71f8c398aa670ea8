/** What the moment kernel's memory is made of. TypeScript and AssemblyScript both read this file, so it has plain numbers only. */

/** Terms of a power's series; an even number, since two are added at once. */
export const TERMS = 14;

/** Bytes of what is known of a node: its mass so far, and at the eighth byte the logarithm of its total mass. */
export const NODE_BYTES = 16;
