import assert from "node:assert/strict";
import { describe } from "../../lib/architectures/describe.ts";
import {
  type ArchitectureDescription,
  checkedDescription,
} from "../../lib/schemas/architecture_description.ts";
import { detectArchitecture, families } from "../../lib/architectures/detect.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { suiteModels } from "../../lib/checkpoints/suite_folder.ts";
import { measure } from "../../lib/runs/measure.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { families as small } from "../networks/small_families.ts";
import { shapesOnly, wholeNetwork, withTiny, writeTiny } from "./tiny_models.ts";
import { waves } from "./waves.ts";

Deno.test("describe() of each bundled model, given back as JSON, gives the same architecture", async () => {
  for (const model of await suiteModels()) {
    const checkpoint = await (await openRun(`suite:${model}`)).checkpoint(0);
    const architecture: ArchitectureDescription = JSON.parse(JSON.stringify(describe(checkpoint)));
    assert.deepEqual(
      detectArchitecture(checkpoint, { architecture }),
      detectArchitecture(checkpoint),
    );
    assert.equal(Object.keys(architecture.places!).length, checkpoint.tensors.size);
  }
});

Deno.test("describe() tells the place of every tensor", () => {
  const [shapes] = small.gpt2;
  const { places, family, guess } = describe(
    shapesOnly({ ...shapes, "wte.weight": [9, 16], "h.0.attn.bias": [1, 1, 9, 9], "b": [16] }),
  );
  assert.deepEqual([family, guess], ["gpt2", undefined]);
  assert.deepEqual(places, {
    "h.0.attn.c_attn.weight": "block 0 block input → block 0 query, key, value",
    "h.0.attn.c_proj.weight": "block 0 attention output → block 0 feed-forward input",
    "h.0.mlp.c_fc.weight": "block 0 feed-forward input → block 0 feed-forward hidden",
    "h.0.mlp.c_proj.weight": "block 0 feed-forward hidden → block 0 block output",
    "wte.weight": "left out: outside the blocks",
    "h.0.attn.bias": "left out: causal mask",
    "b": "left out: bias, norm or counter",
  });
});

/** An unknown network: a chain whose names do not say so, an embedding, and a matrix that fits nowhere. */
const unknown = {
  "embed.weight": [[1, 1, 1], [1, 1, 1]],
  "inward.weight": [[1, 2, 3], [4, 5, 6]],
  "middle.weight": [[7, 8]],
  "outward.weight": [[9], [10], [11], [12]],
  "aside.weight": [[1, 1, 1, 1, 1], [1, 1, 1, 1, 1]],
};

Deno.test("describe() proposes a chain for an unknown network, marked as a guess, and it can be given back", () =>
  withTiny(unknown, null, async (checkpoint) => {
    await throwsError(() => detectArchitecture(checkpoint), /neuromfa describe proposes one/);
    const architecture = describe(checkpoint);
    assert.equal(architecture.guess, true);
    assert.deepEqual(architecture.sections, [
      { chain: ["inward.weight", "middle.weight", "outward.weight"] },
    ]);
    assert.equal(architecture.places!["embed.weight"], "left out: embedding");
    assert.equal(
      architecture.places!["aside.weight"],
      "left out: no place in the proposed chain",
    );
    const declared = { ...checkpoint, declared: { architecture } };
    assert.equal(detectArchitecture(declared).guess, true);
    assert.equal(
      await wholeNetwork(declared),
      "0: 3=1 4=4\n1: 3=2 4=5\n2: 3=3 4=6\n3: 5=7\n4: 5=8\n5: 6=9 7=10 8=11 9=12",
    );
  }));

Deno.test("describe() proposes convolutions before matrices, and [in, out] where only that fits", () => {
  const convolutional = describe(shapesOnly({
    "stem.weight": [4, 1, 3, 3],
    "body.weight": [6, 4, 3, 3],
    "head.weight": [10, 54],
  }));
  assert.deepEqual(convolutional.sections, [{
    chain: [{ tensor: "stem.weight", axes: 4 }, { tensor: "body.weight", axes: 4 }, "head.weight"],
  }]);
  const flax = describe(shapesOnly({ "a.kernel": [3, 8], "b.kernel": [8, 5], "c.kernel": [5, 2] }));
  assert.equal(flax.orientation, "in, out");
});

Deno.test("describe() of matrices of which no two fit is refused as an unknown network is", async () => {
  await throwsError(
    () => describe(shapesOnly({ "x.weight": [3, 4], "y.weight": [5, 7] })),
    /is of no known architecture/,
  );
});

Deno.test("a network as data is measured as the known one, and the record keeps it", () =>
  withFolder(async (folder) => {
    const [shapes] = small.gpt2;
    for (const step of [0, 1]) await writeTiny(`${folder}/m/step${step}`, waves(shapes, 1 + step));
    const plain = { samples: 2, layerSample: 8 };
    const known = await measure(`${folder}/m`, plain);
    const file = `${folder}/network.json`;
    const checkpoint = await (await openRun(`${folder}/m`)).checkpoint(0);
    const architecture = describe(checkpoint);
    await Deno.writeTextFile(file, JSON.stringify(architecture));
    for (const given of [file, architecture]) {
      const again = await measure(`${folder}/m`, { ...plain, architecture: given });
      assert.deepEqual(again.rows, known.rows);
      assert.deepEqual(again.spectra, known.spectra);
      assert.deepEqual(again.record.options.architecture, architecture);
      assert.match(again.made, /, architecture gpt2, /);
    }
    const full = await measure(`${folder}/m`, { network: "full", architecture });
    assert.deepEqual(full.rows, (await measure(`${folder}/m`, { network: "full" })).rows);
  }));

Deno.test("a guess is repeated by the record, the captions and the text of what was measured", () =>
  withFolder(async (folder) => {
    const shapes = { "inward.weight": [40, 30], "outward.weight": [30, 40] };
    for (const step of [0, 1]) await writeTiny(`${folder}/step${step}`, waves(shapes, 1 + step));
    const architecture = describe(await (await openRun(folder)).checkpoint(0));
    const result = await measure(folder, { samples: 1, layerSample: 16, architecture, workers: 2 });
    assert.match(result.made, /, architecture chain, a guess, /);
    assert.match(`${result}`, /a guess/);
    assert.equal((result.record.options.architecture as { guess?: true }).guess, true);
  }));

Deno.test("a part of a model is measured by itself, and the record keeps its name", () =>
  withFolder(async (folder) => {
    const actor = { "actor.0.weight": [40, 30], "actor.2.weight": [30, 40] };
    const critic = { "critic.0.weight": [20, 30], "critic.2.weight": [1, 20] };
    for (const step of [0, 1]) {
      const tensors = waves(actor, 1 + step);
      await writeTiny(`${folder}/both/step${step}`, { ...tensors, ...waves(critic) });
      await writeTiny(`${folder}/alone/step${step}`, tensors);
    }
    const options = { samples: 1, layerSample: 16 };
    const both = await measure(`${folder}/both`, { ...options, part: "actor" });
    const alone = await measure(`${folder}/alone`, options);
    assert.deepEqual(both.spectra, alone.spectra);
    assert.equal(both.record.options.part, "actor");
    assert.deepEqual(both.record.leftOut, [{ reason: "outside the part actor", tensors: 2 }]);
  }));

const valid = families.find(({ family }) => family === "gpt2")!;

Deno.test("a description that makes no sense is refused by the key that is wrong", async () => {
  const [section] = valid.sections as unknown as [Record<string, unknown>];
  const wrong: [object, RegExp][] = [
    [[], /^file: its value/],
    [{ ...valid, family: 7 }, /^file: family is 7, not a text/],
    [{ ...valid, orientation: "up" }, /^file: orientation is "up", not "out, in" or/],
    [{ ...valid, layers: [] }, /^file: layers is unknown/],
    [{ ...valid, sections: [] }, /^file: sections is .*not a list with at least one entry/],
    [
      {
        ...valid,
        sections: [{
          ...section,
          matrices: [{ tensor: "a", from: "nowhere", to: "block output" }],
        }],
      },
      /^file: .*a comes from "nowhere", which is no layer/,
    ],
    [
      {
        ...valid,
        sections: [{ ...section, matrices: [{ tensor: "a", from: "block input", to: "away" }] }],
      },
      /^file: .*a leads to "away", which is no layer of its section/,
    ],
    [
      {
        ...valid,
        sections: [{
          ...section,
          matrices: [{ tensor: "a", from: "feed-forward input", to: "query" }],
        }],
      },
      /^file: .*a leads from "feed-forward input" to "query", which comes no later/,
    ],
    [{ ...valid, ignored: [{ tensors: "a*".repeat(9), reason: "b" }] }, /at most 3 placeholders/],
  ];
  for (const [value, message] of wrong) {
    await throwsError(() => checkedDescription(value, "file"), message);
  }
});

Deno.test("a description that a checkpoint has no tensors of is refused", async () => {
  await throwsError(
    () => detectArchitecture(shapesOnly({ "0.weight": [3, 2] }), { architecture: valid }),
    /^tiny has no block/,
  );
});

Deno.test("every family is data: JSON keeps all of it", () => {
  for (const family of families) {
    assert.deepEqual(checkedDescription(JSON.parse(JSON.stringify(family)), "family"), family);
  }
});
