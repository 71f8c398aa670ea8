/** How fast work is. */

/** Weights a second since the first report; what was there before counts for nothing. */
export class Rate {
  #began: number | null = null;
  #weights = 0;

  /** @param now The time in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Take note of the number of weights read so far. */
  saw(weights: number): void {
    this.#began ??= this.now();
    this.#weights = weights;
  }

  /** The rate for people, e.g. `3.2 M weights/s`; empty where nothing was read yet. */
  text(): string {
    const seconds = (this.now() - (this.#began ?? this.now())) / 1000;
    if (this.#weights === 0 || seconds === 0) return "";
    const rate = this.#weights / seconds;
    const [size, unit] = rate >= 1e9 ? [1e9, " G"] : rate >= 1e6 ? [1e6, " M"] : [1e3, " k"];
    return `${Number((rate / size).toPrecision(2))}${unit} weights/s`;
  }
}
