import { dirname, join } from "node:path";
import { mergeRuns } from "../../../lib/runs/merge_runs.ts";
import { analyzeRun } from "../../../lib/runs/units/analyze_run.ts";
import { shortDigest } from "../../../lib/runs/units/unit.ts";
import { decodeUnit, encodeUnit } from "../../../lib/runs/units/unit_file.ts";
import { tinyOptions, writeTinyRun } from "../../runs/tiny_run.ts";
import { type Files, filesIn, type Format, type Opener, textOf, writeFiles } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";
import { type Mutator, nastyTexts } from "../mutators/mutator.ts";
import { inHeader } from "./safetensors.ts";

/** What is measured of a tiny model before it is merged, of which some files are damaged. */
async function start(
  folder: string,
  damages: (path: string) => boolean,
  signed?: (files: Files) => Files,
): Promise<Opener> {
  const run = await writeTinyRun(folder, [0, 4]);
  const seeds: Files[] = [];
  for (const change of [{}, { null: "permute", nullDraws: 1 }] as const) {
    const options = tinyOptions({ edges: "all", ...change });
    const out = await Deno.makeTempDir({ dir: folder });
    const place = { out, store: join(folder, "none"), keepUnits: true };
    await analyzeRun(run, { options }, place);
    const files = await filesIn(out);
    seeds.push(new Map([...files].filter(([path]) => path.startsWith("units"))));
  }
  return {
    seeds,
    damages,
    ...signed && { signed },
    async open(files, folder) {
      const from = join(folder, "part");
      await writeFiles(files, from);
      const merged = await mergeRuns({ from: [from], out: join(folder, "merged") });
      return merged.map(({ emergence, nodes }) => [emergence, nodes]);
    },
  };
}

/** A plan's name tells its digest: this is the name that fits. */
function withFittingNames(files: Files): Files {
  return new Map([...files].map(([path, bytes]) => {
    if (!path.endsWith(".json")) return [path, bytes];
    try {
      const digest = shortDigest(JSON.stringify(JSON.parse(textOf(bytes))));
      return [join(dirname(path), `plan-${digest}.json`), bytes];
    } catch {
      return [path, bytes];
    }
  }));
}

/** Another value somewhere in a unit, under a digest that fits. */
const otherValue: Mutator = function otherValue(bytes, random) {
  let key: string, value: unknown;
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    key = JSON.parse(textOf(bytes.subarray(8, 8 + length))).__metadata__.key;
    value = decodeUnit(bytes, key, "unit");
  } catch {
    return bytes;
  }
  const slots: { holder: Record<string, unknown>; key: string }[] = [];
  const collect = (holder: Record<string, unknown>): void => {
    for (const [key, inner] of Object.entries(holder)) {
      if (typeof inner === "function") continue;
      slots.push({ holder, key });
      const isPlain = typeof inner === "object" && inner !== null && !ArrayBuffer.isView(inner);
      if (isPlain) collect(inner as Record<string, unknown>);
    }
  };
  collect({ value });
  const slot = random.pick(slots);
  const old = slot.holder[slot.key];
  if (ArrayBuffer.isView(old) && random.integer(0, 1) === 0) {
    const array = old as Float64Array;
    if (array.length > 0) {
      array[random.integer(0, array.length - 1)] = random.pick([NaN, Infinity, -1, 1e308, 255]);
    }
  } else {
    const others = [
      ...[null, 0, -1, 1e9, NaN, Infinity, [], {}, true, ...nastyTexts],
      ...[new Float64Array(3), new Uint8Array(2), new Float64Array()],
    ];
    if (random.integer(0, 4) === 0) delete slot.holder[slot.key];
    else slot.holder[slot.key] = random.pick(others);
  }
  return encodeUnit(key, value);
};

/** The plan beside a run's units. */
export const plans: Format = {
  name: "plans",
  mutators: [...byteMutators, ...jsonMutators, ...jsonMutators, ...jsonMutators],
  names: /part/,
  start: (folder) => start(folder, (path) => path.endsWith(".json"), withFittingNames),
};

/** What is measured of a sample, in the file of a unit. */
export const units: Format = {
  name: "units",
  mutators: [
    ...byteMutators,
    ...jsonMutators.map(inHeader),
    ...Array.from({ length: 12 }, () => otherValue),
  ],
  names: /part|unit/,
  start: (folder) => start(folder, (path) => path.endsWith(".safetensors")),
};
