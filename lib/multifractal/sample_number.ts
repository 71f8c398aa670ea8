/** What a table says of which neurons a row is about. */

/** The number of a sample, or `full` for the full network, which is no sample. */
export type SampleNumber = number | "full";

/** Name it in words, e.g. `sample 3`, or `the full network`. */
export function sampleWords(sample: SampleNumber): string {
  return sample === "full" ? "the full network" : `sample ${sample}`;
}
