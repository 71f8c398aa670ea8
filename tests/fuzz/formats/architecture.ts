import { join } from "node:path";
import { describe } from "../../../lib/architectures/describe.ts";
import { declaredCheckpoint } from "../../../lib/architectures/declared_run.ts";
import { givenArchitecture } from "../../../lib/runs/given_architecture.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";
import { everyEdgeOf, families } from "../../networks/small_families.ts";
import { type Format, oneFile, writeFiles } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";

/** A network as data, as `--architecture` takes it. */
export const architecture: Format = {
  name: "architecture",
  mutators: [...byteMutators, ...jsonMutators, ...jsonMutators],
  names: /step7/,
  start: () => ({
    seeds: Object.entries(families).map(([family, [shapes, config]]) => {
      const { places: _, ...data } = describe(memoryCheckpoint(shapes, "F32", config));
      return oneFile(`${family}/step7/network.json`, JSON.stringify(data));
    }),
    async open(files, folder) {
      await writeFiles(files, folder);
      const [path] = [...files.keys()];
      const [shapes, config] = families[path!.split("/")[0] as keyof typeof families];
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
