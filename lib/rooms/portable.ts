/**
 * Of checkpoints and architectures what needs no disk: what `neuromfa/checkpoints` and the entry for
 * browsers have in common.
 *
 * @module
 */

export type {
  Architecture,
  DrawnLayer,
  DrawnPart,
  FixedPattern,
  HeadGroups,
  IgnoredTensor,
  LayerPair,
  NeuronDraw,
  NeuronLayer,
  WeightMatrix,
} from "../architectures/architecture.ts";
export { describe } from "../architectures/describe.ts";
export type {
  Checkpoint,
  CheckpointRun,
  FloatType,
  RowRange,
  StoredValues,
  TensorInfo,
  TensorRows,
} from "../checkpoints/checkpoint.ts";
export { countWeights } from "../checkpoints/count_weights.ts";
export { decodeValues } from "../checkpoints/decode_values.ts";
export { type DuplicateSteps, findDuplicateSteps } from "../checkpoints/duplicate_steps.ts";
export { openHub, type OpenHubOptions } from "../checkpoints/hub/open_hub.ts";
export { describeTransfer, planTransfer } from "../checkpoints/hub/transfer_plan.ts";
export type {
  LinkSpeed,
  TransferListeners,
  TransferPlan,
  TransferProgress,
} from "../checkpoints/hub/transfer_plan.ts";
export {
  type FileData,
  type GivenFile,
  openFile,
  type OpenFileOptions,
  openFiles,
  type OpenFilesOptions,
} from "../checkpoints/open_files.ts";
