/** Whether neighbouring steps of a run are of one training. */

import type { Architecture } from "../architectures/architecture.ts";
import type { Checkpoint, CheckpointRun, RowRange, TensorRows } from "../checkpoints/checkpoint.ts";
import { decodeValues, isFloatType } from "../checkpoints/decode_values.ts";

/** Matrices that are compared, spread over the model, and the most values of each. */
const MOST_MATRICES = 64, MOST_VALUES = 1 << 16;
/** With fewer values, even equal weights lie within the scatter of those that have nothing to do with each other. */
const FEWEST_VALUES = 1 << 10;
/** Standard deviations of chance within which weights count as uncorrelated. */
const SCATTER = 4;

/** Values of a matrix, some of its rows. */
interface SomeRows {
  readonly name: string;
  /** Which rows: only the same can be compared. */
  readonly rows: string;
  readonly width: number;
  /** The values less the means of their row and their column. */
  readonly centred: Float64Array;
}

/**
 * Compares each step of a run with the one before. Two steps are of different trainings if none of their matrices correlates:
 * for each, the products of the two steps' weights, less the means of rows and columns that all trainings share, are summed, and
 * the sum is divided by what it scatters by if signs are chance, √Σ(xy)²; for weights of one size that is their cosine times √n.
 * All must lie within 4.
 *
 * Training keeps far more than that of where it began, even over its whole length: the cosine of the bundled models with their
 * first weights stays above 0.7, that of a transformer before and after grokking, at weight decay 1, is 0.2 to 0.4
 * (5 to 80 deviations). Trainings with other seeds lie within 2.6. Only where weight decay has taken away all that was there may
 * two steps of one training look like this, as the first and the last of a long one can; a step in between tells.
 *
 * Little is read: up to 65,536 values of up to 64 matrices of a step. Matrices with fewer than 1,024 values, or with all of them
 * 0, tell nothing; nor do checkpoints that come from no file, such as null models.
 */
export class RelatedSteps {
  #last: { readonly step: number; readonly rows: readonly SomeRows[] } | null = null;

  constructor(private readonly run: Pick<CheckpointRun, "model" | "source">) {}

  /**
   * Compare a step with the last, by rows that are read or brought anyway; the same rows at each step.
   *
   * @throws {Error} If no weights correlate.
   */
  async add(step: number, checkpoint: Checkpoint, requests: readonly TensorRows[]): Promise<void> {
    if (checkpoint.parts === undefined || this.#last?.step === step) return;
    const rows = await someRows(checkpoint, requests);
    const last = this.#last;
    this.#last = { step, rows };
    if (last === null || !areUnrelated(last.rows, rows)) return;
    const { model, source } = this.run;
    throw new Error(
      `the weights of steps ${last.step} and ${step} of ${model} do not correlate at all in ${source}, so that they seem to ` +
        "be of two trainings; leave the steps of one of them out, or go on with allowUnrelated (--allow_unrelated)",
    );
  }

  /** The same by the first rows of each matrix, of a checkpoint that is not far away. */
  async addLocal(step: number, checkpoint: Checkpoint, { matrices }: Architecture): Promise<void> {
    if (checkpoint.prefetch !== undefined) return;
    await this.add(step, checkpoint, matrices.map(({ tensor }) => ({ name: tensor })));
  }
}

async function someRows(
  checkpoint: Checkpoint,
  requests: readonly TensorRows[],
): Promise<SomeRows[]> {
  const every = Math.ceil(requests.length / MOST_MATRICES);
  const found: SomeRows[] = [];
  for (const { name, rows } of requests.filter((_, i) => i % every === 0)) {
    const { dtype, shape } = checkpoint.tensors.get(name)!;
    if (!isFloatType(dtype) || shape.length < 2 || shape.includes(0)) continue;
    const width = shape.slice(1).reduce((product, size) => product * size, 1);
    const most = Math.max(1, Math.floor(MOST_VALUES / width));
    const first = firstRows(rows ?? [{ start: 0, end: shape[0]! }], most);
    const values = decodeValues(await checkpoint.read(name, first));
    found.push({ name, rows: JSON.stringify(first), width, centred: centred(values, width) });
  }
  return found;
}

function firstRows(rows: readonly RowRange[], most: number): RowRange[] {
  const first: RowRange[] = [];
  for (const { start, end } of rows) {
    if (most === 0) break;
    const count = Math.min(most, end - start);
    first.push({ start, end: start + count });
    most -= count;
  }
  return first;
}

/** Whether all of the matrices that two steps can be compared by lie within the scatter of chance, and there is one. */
function areUnrelated(before: readonly SomeRows[], now: readonly SomeRows[]): boolean {
  const found = before.flatMap((some) => {
    const other = now.find(({ name }) => name === some.name);
    if (other?.rows !== some.rows || other.width !== some.width) return [];
    return some.centred.length < FEWEST_VALUES ? [] : [deviations(some, other)];
  }).filter((value) => !Number.isNaN(value));
  return found.length > 0 && found.every((value) => Math.abs(value) < SCATTER);
}

/** The sum of products of two matrices, in standard deviations of those of chance; NaN if either has the same value everywhere. */
function deviations({ centred: x }: SomeRows, { centred: y }: SomeRows): number {
  let sum = 0, squares = 0;
  for (let i = 0; i < x.length; i++) {
    const product = x[i]! * y[i]!;
    sum += product;
    squares += product * product;
  }
  return sum / Math.sqrt(squares);
}

/** Values less the means of their row and their column. */
function centred(values: Float64Array, width: number): Float64Array {
  const rows = values.length / width, found = new Float64Array(values.length);
  if (values.every((value) => value === values[0])) return found;
  const ofRows = new Float64Array(rows), ofColumns = new Float64Array(width);
  for (let row = 0, i = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < width; column++, i++) {
      const value = values[i]!;
      sum += value;
      ofColumns[column]! += value / rows;
    }
    ofRows[row] = sum / width;
  }
  const mean = ofRows.reduce((sum, value) => sum + value, 0) / rows;
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < width; column++, i++) {
      found[i] = values[i]! - ofRows[row]! - ofColumns[column]! + mean;
    }
  }
  return found;
}
