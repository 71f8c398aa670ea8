/** Matrices of recurrent networks, such as LSTM and GRU, which lead from neurons back to themselves. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";

/** As torch and Keras call them: `lstm.weight_hh_l0`, `recurrent_kernel`. */
const RECURRENT = /(^|[._/])(weight_hh(_l\d+(_reverse)?)?|recurrent_kernel(:0)?)$/;

/** The name of a recurrent matrix of a checkpoint, if it has one. */
export function recurrentMatrix({ tensors }: Checkpoint): string | undefined {
  return [...tensors.keys()].find((name) => RECURRENT.test(name));
}
