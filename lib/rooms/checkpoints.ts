/**
 * Checkpoints and architectures: where weights come from, and which neuron feeds which.
 *
 * @module
 */

export * from "./portable.ts";
export type { DeclaredNetwork } from "../options/declared_network.ts";
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
export { openCheckpoint, type OpenCheckpointOptions } from "../checkpoints/open_checkpoint.ts";
export { openRun, type OpenRunOptions } from "../checkpoints/open_run.ts";
export { runOfCheckpoints } from "../checkpoints/run_of_checkpoints.ts";
export { suiteModels } from "../checkpoints/suite_folder.ts";
export { type TensorBytes, writeSafetensors } from "../checkpoints/write_safetensors.ts";
