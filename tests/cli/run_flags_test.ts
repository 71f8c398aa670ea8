import assert from "node:assert/strict";
import {
  shardOfFlags,
  stagesOfFlags,
  stepsOfFlags,
  workersOfFlags,
} from "../../lib/cli/run_flags.ts";
import { flags } from "./flags.ts";

Deno.test("--steps takes whole numbers separated by commas", () => {
  assert.equal(stepsOfFlags(flags()), undefined);
  assert.deepEqual(stepsOfFlags(flags("--steps", "0,512, 1000")), [0, 512, 1000]);
  for (const bad of ["0,1e3", "-1", "0,8.5", "all", "1.5", "1".repeat(16)]) {
    assert.throws(
      () => stepsOfFlags(flags(`--steps=${bad}`)),
      /^FlagError: --steps must be whole numbers of at most 15 digits separated by commas, but one is "/,
    );
  }
});

Deno.test("--stage all does every stage in order, those about samples but for full networks", () => {
  assert.deepEqual(stagesOfFlags(flags()), ["analyze"]);
  assert.deepEqual(stagesOfFlags(flags("--stage", "all")), [
    ...["extract", "preprocess", "analyze", "visualize"],
  ]);
  assert.throws(
    () => stagesOfFlags(flags("--network", "full", "--stage", "extract")),
    /^FlagError: --stage extract is about samples/,
  );
  assert.deepEqual(stagesOfFlags(flags("--network", "full", "--stage", "all")), [
    ...["analyze", "visualize"],
  ]);
});

Deno.test("--shard takes a part of a whole, of the analysis only", () => {
  assert.equal(shardOfFlags(flags()), undefined);
  assert.deepEqual(shardOfFlags(flags("--shard", "2/8")), { index: 2, count: 8 });
  for (
    const bad of [
      "0/8",
      "9/8",
      "2",
      "2/",
      "/8",
      "1/0",
      "a/b",
      "1.5/8",
      "-1/8",
      "1/1e9",
      "1/1000000",
    ]
  ) {
    assert.throws(
      () => shardOfFlags(flags(`--shard=${bad}`)),
      /^FlagError: --shard must be a part/,
    );
  }
  assert.throws(
    () => stagesOfFlags(flags("--shard", "1/2", "--stage", "all")),
    /--shard is about --stage analyze, not all/,
  );
});

Deno.test("--workers takes a number above 0; without it as many as pay are taken", () => {
  assert.equal(workersOfFlags(flags()), "auto");
  assert.equal(workersOfFlags(flags("--workers", "3")), 3);
  for (const bad of ["0", "-1", "1e6"]) {
    assert.throws(
      () => flags(`--workers=${bad}`),
      { name: "FlagError", message: `--workers must be from 1 to 1024, not ${bad}.` },
    );
  }
});
