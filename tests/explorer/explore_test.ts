import assert from "node:assert/strict";
import { explore, type Explored } from "../../lib/explorer/explore.ts";
import { checkSettings, readState } from "../../lib/explorer/explorer_state.ts";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";

const given = [
  { samples: 3 },
  { samples: 10, threshold: { medians: 2.8 }, radii: { min: 5, max: 20 } },
  { samples: 5, convention: "reference", q: { min: -1, max: 1, step: 0.1 } },
  { samples: 5, alpha0: "argmax", edges: "sampled" },
  { samples: 5, null: "permute", nullDraws: 3 },
] as const;

for (const options of given) {
  Deno.test(`the explorer gets the settings of a measurement with ${JSON.stringify(options)}`, () => {
    const record = { options: analysisOptions(options) } as unknown as Explored["record"];
    const { hash } = explore({ model: "nano-64", record, rows: [{ step: 0 }, { step: 512 }] });
    const state = readState(hash);
    assert.deepEqual([state.model, state.steps], ["suite:nano-64", [0, 512]]);
    assert.deepEqual(checkSettings(state), analysisOptions(options));
  });
}

Deno.test("of a model that no page has inside a notebook shows where it can be explored", async () => {
  const record = { options: analysisOptions() } as unknown as Explored["record"];
  const shown = explore({ model: "nano-64", record, rows: [{ step: 0 }] });
  const display = (shown as never)[Symbol.for("Jupyter.display")] as () => Promise<object>;
  assert.deepEqual(Object.keys(await display()), ["text/plain"]);
});

for (
  const options of [{ layers: ["block 0 block input"] }, { distance: "path" }, {
    baseline: 512,
  }] as const
) {
  Deno.test(`a measurement with ${JSON.stringify(options)} is refused, for the explorer would show other numbers`, () => {
    const record = { options: analysisOptions(options) } as unknown as Explored["record"];
    assert.throws(
      () => explore({ model: "nano-64", record, rows: [{ step: 0 }] }),
      new RegExp(`no control for ${Object.keys(options)[0]}`),
    );
  });
}
