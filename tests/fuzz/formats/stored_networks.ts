import { join } from "node:path";
import { extractModel } from "../../../lib/runs/store/extract_model.ts";
import { openModelNetworks } from "../../../lib/runs/store/model_networks.ts";
import { measureSample } from "../../../lib/runs/units/measured_sample.ts";
import { tinyOptions, writeTinyRun } from "../../runs/tiny_run.ts";
import { filesIn, type Format, type Opener, writeFiles } from "../format.ts";
import { byteMutators, spliced } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";
import type { Mutator } from "../mutators/mutator.ts";

const options = tinyOptions();
const choices = {
  sampling: null,
  layers: null,
  spectrum: null,
  nodes: { nfdThreshold: 200, minimumEdges: 1, digits: 0 },
};

/** The networks that the extract stage writes of a tiny model, of which some files are damaged. */
async function start(folder: string, damages: (path: string) => boolean): Promise<Opener> {
  const store = join(folder, "networks");
  await extractModel(await writeTinyRun(folder, [0, 4]), { options, store });
  return {
    seeds: [await filesIn(store)],
    damages,
    async open(files, folder) {
      await writeFiles(files, folder);
      const opened = await openModelNetworks("nano-8", options, folder, undefined, {});
      const measured: unknown[] = [];
      for await (const sample of opened.networks()) {
        const { edges, nodes } = measureSample(sample, choices);
        measured.push(edges, [...nodes!.values]);
      }
      return { measured, weights: opened.weights, source: join(folder, "nano-8") };
    },
  };
}

/** Another number among those of the header, or of the edges. */
const otherNumber: Mutator = function otherNumber(bytes, random) {
  const header = new TextDecoder("latin1").decode(bytes.subarray(0, 128));
  const numbers = [...header.matchAll(/\d+|'[<>|=]?\w\d?'|True|False/g)];
  if (numbers.length === 0 || random.integer(0, 1) === 0) {
    const at = 128 + 8 * random.integer(0, 300);
    if (at + 8 > bytes.length) return bytes;
    const value = random.pick([NaN, Infinity, -Infinity, 1e308, 5e-324, -1, 0.5, 2 ** 40, 0]);
    return spliced(bytes, at, 8, new Uint8Array(Float64Array.of(value).buffer));
  }
  const { index, 0: found } = random.pick(numbers);
  const others = ["0", "-1", "7", "99999999999", "'<f4'", "'>f8'", "'|O'", "'<U9'", "True", "x"];
  const other = new TextEncoder().encode(random.pick(others));
  return spliced(bytes, index, found.length, other);
};

const names = /nano-8/;

/** Networks in numpy's format. */
export const npy: Format = {
  name: "npy",
  mutators: [...byteMutators, otherNumber, otherNumber, otherNumber, otherNumber],
  names,
  start: (folder) => start(folder, (path) => path.endsWith(".npy")),
};

/** The record beside the networks of a step. */
export const stepRecord: Format = {
  name: "step record",
  mutators: [...byteMutators, ...jsonMutators, ...jsonMutators],
  names,
  start: (folder) => start(folder, (path) => path.endsWith(".json")),
};
