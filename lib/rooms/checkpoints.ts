/**
 * Checkpoints and architectures: where weights come from, and which neuron feeds which.
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
export type { DeclaredNetwork } from "../options/declared_network.ts";
export { describe } from "../architectures/describe.ts";
export type {
  ArchitectureDescription,
  BlocksDescription,
  ChainDescription,
  IgnoredDescription,
  LayerDescription,
  MatrixDescription,
} from "../schemas/architecture_description.ts";
export { detectArchitecture, type DetectArchitectureOptions } from "../architectures/detect.ts";
export type { PartOption } from "../architectures/recognise.ts";
export { queryKeyValueRow } from "../architectures/fused_query_key_value.ts";
export type { ByteRange } from "../checkpoints/byte_source.ts";
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
export { describeTransfer, planTransfer } from "../checkpoints/hub/transfer_plan.ts";
export { openCheckpoint, type OpenCheckpointOptions } from "../checkpoints/open_checkpoint.ts";
export {
  type FileData,
  type GivenFile,
  openFile,
  type OpenFileOptions,
  openFiles,
  type OpenFilesOptions,
} from "../checkpoints/open_files.ts";
export { openHub, type OpenHubOptions } from "../checkpoints/hub/open_hub.ts";
export { openRun, type OpenRunOptions } from "../checkpoints/open_run.ts";
export { runOfCheckpoints } from "../checkpoints/run_of_checkpoints.ts";
export { suiteModels } from "../checkpoints/suite_folder.ts";
export type {
  LinkSpeed,
  TransferListeners,
  TransferPlan,
  TransferProgress,
} from "../checkpoints/hub/transfer_plan.ts";
export { type TensorBytes, writeSafetensors } from "../checkpoints/write_safetensors.ts";
