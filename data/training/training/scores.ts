/** A mean with its standard error. */
export interface Score {
  /** The mean. */
  readonly value: number;
  /** Its standard error. */
  readonly stderr: number;
}

/** What a checkpoint can do. */
export interface Scores {
  /** Cross entropy on held-out data, in nats; its standard error is over sequences or images. */
  readonly heldOutLoss: Score;
  /** Share of right answers to the held-out items of every skill by name, between 0 and 1. */
  readonly skills: ReadonlyMap<string, Score>;
}

/** Mean of values with its standard error, from their scatter. */
export function meanScore(values: readonly number[]): Score {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const scatter = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { value: mean, stderr: Math.sqrt(scatter / (values.length - 1) / values.length) };
}
