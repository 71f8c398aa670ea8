/** What the schemas of several files are made of. */

import * as v from "valibot";

/** A finite number. */
export const finite: v.GenericSchema<unknown, number> = v.pipe(
  v.number(),
  v.finite("a finite number"),
);

/** A finite number above 0. */
export const positive: v.GenericSchema<unknown, number> = v.pipe(
  finite,
  v.gtValue(0, "a number above 0"),
);

/** A finite number from 0. */
export const notNegative: v.GenericSchema<unknown, number> = v.pipe(
  finite,
  v.minValue(0, "a number from 0"),
);

/** A whole number in a range. */
export function wholeNumber(
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): v.GenericSchema<unknown, number> {
  const noun = most === Number.MAX_SAFE_INTEGER
    ? `a whole number from ${least}`
    : `a whole number from ${least} to ${most}`;
  return v.pipe(
    v.number(noun),
    v.safeInteger(noun),
    v.minValue(least, noun),
    v.maxValue(most, noun),
  );
}

/** A SHA-256. */
export const sha256: v.GenericSchema<unknown, string> = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{64}$/, "a SHA-256 of 64 hexadecimal digits"),
);

/** Texts by name. */
export const texts: v.GenericSchema<unknown, Record<string, string>> = v.pipe(
  // A list counts as a record otherwise.
  v.custom<object>((value) => typeof value === "object" && !Array.isArray(value), "an object"),
  v.record(v.string(), v.string()),
);

/** A list that is not empty. */
export function some<T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T[]> {
  return v.pipe(v.array(item), v.nonEmpty("a list with at least one entry"));
}

/** What a schema says and a function checks besides, which throws an error with a message where it does not hold. */
export function lawful<T>(
  schema: v.GenericSchema<unknown, T>,
  check: (value: T) => void,
): v.GenericSchema<unknown, T> {
  return v.pipe(
    schema,
    v.rawCheck<T>(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      try {
        check(dataset.value);
      } catch (error) {
        addIssue({ message: (error as Error).message });
      }
    }),
  );
}
