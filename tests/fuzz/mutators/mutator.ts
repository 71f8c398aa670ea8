/** A way to damage a file. */

import type { RandomStream } from "../../../data/training/random_stream.ts";

/** Damaged bytes from those of a file, which stay as they are; the function's name is told with what it has found. */
export type Mutator = (bytes: Uint8Array, random: RandomStream) => Uint8Array;

/** Texts that upset parsers of numbers, names and structure. */
export const nastyTexts: readonly string[] = [
  ..."-1|0|-0|1e308|1e999|NaN|Infinity|0.5|1e-320|9007199254740993|18446744073709551615".split("|"),
  ..."null|true|undefined|__proto__|constructor|toString|length|../../x|/etc/passwd".split("|"),
  ...'[ ] { } " \\ , : ; % \n \r\n [[[[[[[[ ]]]]]]]] {{{{ ../ "mask" "F64" =1+1 @SUM(A1) <script>'
    .split(" "),
  ..."\u0000|\u001b[31m|\u202e|\ufeff|\ud83d\ude00|ä|  ".split("|"),
  "x".repeat(300),
];
