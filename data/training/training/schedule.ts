/** How a model of the suite is trained, whatever it reads. */
export interface Schedule {
  /** Name of the model and of its folder under `data/suite/`. */
  readonly model: string;
  /** Decides the starting weights, the training data and the held-out items. */
  readonly seed: number;
  /** A trained model of the suite and its step, whose weights training goes on from; the optimizer starts afresh. */
  readonly start?: { readonly model: string; readonly step: number };
  /** The last step; steps are counted on from those of {@linkcode Schedule.start}. */
  readonly steps: number;
  /** Sequences or images a step. */
  readonly batchSize: number;
  /** Steps after which weights are saved and scored. */
  readonly checkpointSteps: readonly number[];
  /** Highest learning rate, reached after the warm-up; it falls along a cosine to `lastLearningRate`. */
  readonly learningRate: number;
  /** Learning rate of the last step. */
  readonly lastLearningRate: number;
  /** Steps of linear warm-up. */
  readonly warmupSteps: number;
  /** AdamW's decay rates of first and second moment. */
  readonly betas: readonly [number, number];
  /** AdamW's guard against division by zero. */
  readonly epsilon: number;
  /** Decoupled weight decay of matrices; biases and norms don't decay. */
  readonly weightDecay: number;
  /** Largest norm of the gradient over all parameters. */
  readonly clipNorm: number;
}
