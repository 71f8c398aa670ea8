/** Every format that the fuzzer knows. */

import type { Format } from "./format.ts";
import { adapters } from "./formats/adapters.ts";
import { architecture } from "./formats/architecture.ts";
import { config } from "./formats/config.ts";
import { flags } from "./formats/flags.ts";
import { gguf } from "./formats/gguf.ts";
import { hubAnswers, hubCache } from "./formats/hub.ts";
import { plans, units } from "./formats/merges.ts";
import { npz, npzCompressed } from "./formats/npz.ts";
import { notebooks } from "./formats/notebooks.ts";
import { safetensors } from "./formats/safetensors.ts";
import { onnx } from "./formats/onnx.ts";
import { harness, scoresTable } from "./formats/scores.ts";
import { shardIndex } from "./formats/shard_index.ts";
import { npy, stepRecord } from "./formats/stored_networks.ts";
import { dimensionRecords, dimensionTables, runRecord, tables } from "./formats/tables.ts";
import { pickleAlone, torchLegacy, torchZip, zipDirectory } from "./formats/torch.ts";
import { stableBaselines, torchScript, wholeModules } from "./formats/torch_modules.ts";

/** Every format that the fuzzer knows. */
export const ALL_FORMATS: readonly Format[] = [
  ...[
    safetensors,
    shardIndex,
    torchZip,
    torchLegacy,
    pickleAlone,
    wholeModules,
    torchScript,
    stableBaselines,
    zipDirectory,
    npz,
    npzCompressed,
    gguf,
    onnx,
    config,
    architecture,
    adapters,
  ],
  ...[npy, stepRecord, plans, units, runRecord, tables, dimensionRecords, dimensionTables],
  ...[scoresTable, harness, notebooks, hubAnswers, hubCache, flags],
];
