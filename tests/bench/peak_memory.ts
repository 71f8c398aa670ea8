/**
 * The most memory in bytes that this process was seen with, looked at after each part of a matrix,
 * in a full pass over the checkpoint in a folder, in one sample of it with all edges, or after
 * nothing: `deno run --allow-read tests/bench/peak_memory.ts [folder [sample]]`.
 */

import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { openFolderCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { fullNetworkSpectrum } from "../../lib/multifractal/full_network_spectrum.ts";
import { measureFullNetworkPart } from "../../lib/multifractal/measure_full_network_part.ts";
import { fullNetworkParts } from "../../lib/networks/full/full_network_parts.ts";
import { measureOne } from "./all_edges.ts";

let peak = 0;
const look = () => peak = Math.max(peak, Deno.memoryUsage().rss);

const [folder, work] = Deno.args;
if (folder !== undefined && work === "sample") await measureOne(folder, look);
else if (folder !== undefined) {
  const checkpoint = await openFolderCheckpoint(folder, "bench", 0);
  const measured = [];
  for (const part of fullNetworkParts(detectArchitecture(checkpoint))) {
    measured.push(await measureFullNetworkPart(checkpoint, part, { onWeights: look }));
    look();
  }
  const { status } = fullNetworkSpectrum(measured);
  if (status !== "ok") throw new Error(status);
}
look();
console.log(peak);
