import { join } from "node:path";
import { describe } from "../../../lib/architectures/describe.ts";
import { declaredCheckpoint } from "../../../lib/architectures/declared_run.ts";
import { givenArchitecture } from "../../../lib/runs/given_architecture.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";
import { everyEdgeOf, families, type Family } from "../../networks/small_families.ts";
import { type Format, oneFile, writeFiles } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";

/** Networks by name: known families, and those that are more than a chain. */
const networks: Readonly<Record<string, Family>> = {
  ...families,
  critic: [{ "a.weight": [16, 9], "b.weight": [12, 18], "c.weight": [1, 12] }, null],
  heads: [{ "a.weight": [16, 9], "b.weight": [1, 16], "c.weight": [4, 16] }, null],
  latent: [{
    "a.weight": [8, 1, 3, 3],
    "mu.weight": [5, 32],
    "logvar.weight": [5, 32],
    "dec.weight": [5, 7, 3, 3],
  }, null],
};

/** A network as data, as `--architecture` takes it. */
export const architecture: Format = {
  name: "architecture",
  mutators: [...byteMutators, ...jsonMutators, ...jsonMutators],
  names: /step7/,
  start: () => ({
    seeds: Object.entries(networks).map(([family, [shapes, config]]) => {
      const { places: _, ...data } = describe(memoryCheckpoint(shapes, "F32", config));
      return oneFile(`${family}/step7/network.json`, JSON.stringify(data));
    }),
    async open(files, folder) {
      await writeFiles(files, folder);
      const [path] = [...files.keys()];
      const [shapes, config] = networks[path!.split("/")[0]!]!;
      const source = join(folder, path!, "..");
      const network = await everyEdgeOf(
        declaredCheckpoint({ ...memoryCheckpoint(shapes, "F32", config), source }, {
          architecture: givenArchitecture(join(folder, path!)),
        }),
      );
      return [network.nodeIds.length, network.lengths.length];
    },
  }),
};
