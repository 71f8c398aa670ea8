import assert from "node:assert/strict";
import { join } from "node:path";
import { tableLines } from "../../lib/cli/run_lines.ts";
import { fullAnalysisOptions } from "../../lib/runs/full_analysis_options.ts";
import { analyzeRun } from "../../lib/runs/units/analyze_run.ts";
import { tinyOptions, withTinyRun } from "../runs/tiny_run.ts";

Deno.test("tableLines() says which networks have no neuron with a dimension, and what to do", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const place = { out: folder, store: join(folder, "none") };
    const lines = async (nodes: Parameters<typeof analyzeRun>[1]["nodes"]) =>
      tableLines(await analyzeRun(run, { emergence: null, nodes }, place), folder);
    const wrote = `wrote ${join(folder, "nfd", "nano-8")}`;
    assert.deepEqual(await lines({ ...tinyOptions({ edges: "all" }), minimumEdges: 99 }), [
      "no neuron of nano-8 can have a fractal dimension at step 0 (sample 0) and in 3 other networks: it takes " +
      "more than 99 learned edges, and the tables give the status of each neuron; --layer_sample draws more neurons",
      wrote,
    ]);
    assert.deepEqual(await lines({ ...fullAnalysisOptions({}), minimumEdges: 99 }), [
      "no neuron of nano-8 can have a fractal dimension at step 0 (the full network) and in 1 other network: it takes " +
      "more than 99 learned edges, and the tables give the status of each neuron",
      wrote,
    ]);
    assert.deepEqual(await lines({ ...tinyOptions({ edges: "all" }), minimumEdges: 4 }), [wrote]);
  }));
