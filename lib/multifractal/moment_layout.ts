/**
 * What the moment kernel's memory is made of. TypeScript and AssemblyScript both read this file, so
 * it has plain numbers only.
 */

/** Terms of a power's series; an even number, since two are added at once. */
export const TERMS = 14;

/**
 * Bytes of what is known of a node: its mass so far, 0 if it is not summed, and at the fourth byte
 * its total mass.
 */
export const NODE_BYTES = 8;
