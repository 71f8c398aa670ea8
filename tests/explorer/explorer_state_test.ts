import assert from "node:assert/strict";
import { MEASURE } from "../../lib/cli/commands.ts";
import { analysisOf } from "../../lib/cli/commands.ts";
import { parseFlags } from "../../lib/cli/parse_flags.ts";
import {
  cellOf,
  checkSettings,
  commandOf,
  type ExplorerState,
  readState,
  writeState,
} from "../../lib/explorer/explorer_state.ts";

const full: ExplorerState = {
  model: "suite:nano-64",
  steps: [0, 512, 4096],
  samples: 3,
  layerSample: 16,
  convention: "reference",
  threshold: { medians: 2.8 },
  radii: { min: 5, max: 40 },
  q: { min: -2, max: 2, step: 0.2 },
  null: "permute",
  nullDraws: 4,
  step: 512,
  order: -1.5,
  tour: 3,
  map: true,
  compare: "#threshold=80",
};

Deno.test("settings in an address are read back as they were", () => {
  assert.deepEqual(readState(writeState(full)), full);
  assert.deepEqual(readState(""), {});
  assert.equal(writeState({}), "#");
  assert.match(writeState(full), /threshold=2\.8m&.*radii=5:40&q=-2:2:0\.2|steps=0,512,4096/);
});

const refused: readonly (readonly [hash: string, message: RegExp])[] = [
  ["#treshold=3", /"treshold", which is no setting; did you mean threshold\?/],
  ["#threshold=0.5", /threshold must be a length above 1 .* but it is "0.5"/],
  ["#samples=2&samples=3", /sets samples twice/],
  ["#null_draws=3", /about a null model, and none is given/],
  ["#q=-3:3:0.7", /q grid/],
  ["#map=perhaps", /map must be true or false, but it is "perhaps"/],
  ["#compare=%23samples%3D0", /samples must be an integer/],
  ["#tour=8", /tour must be an integer from 1 to 7/],
  [`#model=${"x".repeat(9000)}`, /characters of settings/],
  ["#__proto__=1", /no setting/],
];

for (const [hash, message] of refused) {
  Deno.test(`an address with ${hash.slice(0, 30)} is refused with a sentence`, () => {
    assert.throws(() => readState(hash), message);
  });
}

Deno.test("the command that is copied asks for the same analysis", () => {
  const command = commandOf(full);
  assert.match(command, /^deno task neuromfa --models suite:nano-64 --samples 3 /);
  const line = parseFlags(MEASURE, command.split(" ").slice(3));
  assert.ok(line !== "help");
  assert.deepEqual(analysisOf(line), checkSettings(full));
  assert.deepEqual(line.values.steps, full.steps);
});

Deno.test("the cell that is copied is a program with the same options", () => {
  const [, options] = /measure\("suite:nano-64", ([^]*)\);\nawait/.exec(cellOf(full))!;
  const { steps, ...given } = new Function(`return ${options}`)();
  assert.deepEqual(checkSettings(given), checkSettings(full));
  assert.deepEqual(steps, full.steps);
});

Deno.test("a name with what a shell would take for its own stays one word", () => {
  assert.match(
    commandOf({ model: "files:my $(model)'s" }),
    /--models 'path\/to\/my \$\(model\)'\\''s' /,
  );
});
