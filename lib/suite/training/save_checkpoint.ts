import { writing } from "../../files/system_fault.ts";
import { join } from "node:path";
import { writeSafetensors } from "../../checkpoints/write_safetensors.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import type { Parameters } from "../model/parameters.ts";

/** Parameters as they will be after a trip through half precision, which is how checkpoints store them. */
export function inHalfPrecision(parameters: Parameters): Parameters {
  return new Map(
    [...parameters].map(([name, { shape, values }]) => [
      name,
      { shape, values: Float32Array.from(new Float16Array(values)) },
    ]),
  );
}

/** Write `step<N>/config.json` and `step<N>/model.safetensors` (half precision) under a model's folder. */
export async function saveCheckpoint(
  folder: string,
  config: Readonly<Record<string, unknown>>,
  step: number,
  parameters: Parameters,
): Promise<void> {
  const target = join(folder, `step${step}`);
  await writing(target, () => Deno.mkdir(target, { recursive: true }));
  const tensors = [...parameters].map(([name, { shape, values }]) => ({
    name,
    dtype: "F16" as const,
    shape,
    bytes: new Uint8Array(new Float16Array(values).buffer),
  }));
  await writeSafetensors(join(target, "model.safetensors"), tensors);
  await writeWholeFile(join(target, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
}
