/** A process of its own that brings the rows of two samples of step 0 from the hub that the environment names. */

import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { sampledRows } from "./sampled_rows.ts";

const run = await openRun(Deno.args[0]!);
const checkpoint = await run.checkpoint(0);
await checkpoint.prefetch!(sampledRows(detectArchitecture(checkpoint), 2, "sampled"));
