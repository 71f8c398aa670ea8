import assert from "node:assert/strict";
import { analysisOf, stagesOf } from "../../lib/cli/commands.ts";
import { FlagError } from "../../lib/cli/parse_flags.ts";
import { analysisOptions, type GivenAnalysisOptions } from "../../lib/runs/analysis_options.ts";
import { measureLine } from "./measure_line.ts";

/** Assert that a command line asks for the corrected options but for these. */
function asks(args: readonly string[], changed: GivenAnalysisOptions): void {
  assert.deepEqual(analysisOf(measureLine(...args)), analysisOptions(changed), args.join(" "));
}

/** Assert that a command line is refused before a model is opened, by a message for the person who typed it. */
function refuses(args: readonly string[], message: RegExp): void {
  assert.throws(() => {
    const line = measureLine(...args);
    analysisOf(line);
    stagesOf(line.values);
  }, (error) => {
    assert.ok(error instanceof FlagError, `${error}`);
    assert.match(error.message, message);
    return true;
  });
}

/** The values of a command line. */
function values(...args: string[]) {
  return measureLine(...args).values;
}

Deno.test("without flags the bundled model is analysed by the corrected convention", () => {
  const line = measureLine();
  const { models, stage, out, networks, skipExisting } = line.values;
  assert.deepEqual(
    [models, stage, out, networks, skipExisting],
    [["suite:nano-64"], "analyze", "out", "out/networks", false],
  );
  assert.deepEqual(analysisOf(line), analysisOptions());
});

Deno.test("--models takes names separated by commas", () => {
  assert.deepEqual(values("--models", "suite:nano-64,/a b/pythia-14m").models, [
    "suite:nano-64",
    "/a b/pythia-14m",
  ]);
});

Deno.test("--stage takes one of the five stages", () => {
  for (const stage of ["extract", "preprocess", "analyze", "visualize", "all"]) {
    assert.equal(values("--stage", stage).stage, stage);
  }
  refuses(
    ["--stage", "analyse"],
    /^--stage must be one of extract, .*, but it is "analyse": did you mean analyze\?$/,
  );
});

Deno.test("--samples, also as --sample_num, and --layer_sample set the size of the sample", () => {
  for (const flag of ["--samples", "--sample_num"]) {
    asks([flag, "3"], { samples: 3 });
    refuses(
      [flag, "2.5"],
      /^--samples must be an integer from 1 to 100000, or auto, but it is 2\.5$/,
    );
    refuses([flag, "1e9"], /^--samples must be .* 100000, or auto, but it is 1000000000$/);
    asks([flag, "auto"], { samples: 10 });
  }
  asks(["--layer_sample", "24"], { layerSample: 24 });
  for (const [bad, met] of [["1e9", "1000000000"], ["many", '"many"']]) {
    refuses(
      ["--layer_sample", bad!],
      new RegExp(`^--layer_sample must be an integer from 1 to 16777216, but it is ${met}$`),
    );
  }
});

Deno.test("--threshold takes a length, or medians with an m", () => {
  asks(["--threshold", "120"], { threshold: 120 });
  asks(["--threshold", "62.5"], { threshold: 62.5 });
  asks(["--threshold", "2.8m"], { threshold: { medians: 2.8 } });
  const must = "^--threshold must be a length above 1 such as 150, or medians such as 2\\.8m .*";
  for (const bad of ["0", "-3"]) {
    refuses([`--threshold=${bad}`], new RegExp(`${must}, but it is ${bad}$`));
  }
  for (const bad of ["0m", "m", "2 m", "wide", "1e", "0x10", "1e999m"]) {
    refuses([`--threshold=${bad}`], new RegExp(`${must}, but it is "${bad}"$`));
  }
});

Deno.test("--digits sets the decimals that lengths are rounded to", () => {
  asks(["--digits", "1"], { digits: 1 });
  refuses(["--digits", "one"], /^--digits must be an integer from 0 to 9, but it is "one"$/);
  refuses(["--digits", "30"], /^--digits must be an integer from 0 to 9, but it is 30$/);
});

Deno.test("--q takes min:max:step, also after a space where it begins with a minus", () => {
  asks(["--q", "-5:5:0.25"], { q: { min: -5, max: 5, step: 0.25 } });
  asks(["--q=-1:2:0.5"], { q: { min: -1, max: 2, step: 0.5 } });
  for (const bad of ["-3:3", "1:2:3:4", "a:b:c", "-3::0.1", "-3:Infinity:0.1", "3"]) {
    refuses(
      [`--q=${bad}`],
      new RegExp(`^--q must be min:max:step such as -3:3:0\\.1 .*, but it is "${bad}"$`),
    );
  }
});

Deno.test("--convention chooses a bundle, which single flags change", () => {
  asks(["--convention", "reference"], { convention: "reference" });
  asks(["--convention", "corrected"], {});
  const bundle = ["--convention", "reference", "--alpha0", "analytic", "--edges", "all"];
  asks(bundle, { convention: "reference", alpha0: "analytic", edges: "all" });
  refuses(["--convention", "published"], /^--convention must be one of corrected, reference, /);
});

Deno.test("--alpha0, --qkv, --edges and --filter_tolerance each change one choice", () => {
  asks(["--alpha0", "argmax"], { alpha0: "argmax" });
  asks(["--qkv", "reference"], { qkv: "reference" });
  asks(["--edges", "sampled"], { edges: "sampled" });
  asks(["--filter_tolerance", "0"], { filterTolerance: 0 });
  refuses(["--alpha0", "max"], /^--alpha0 must be one of analytic, argmax, but it is "max": did/);
  refuses(["--qkv", "head"], /^--qkv must be one of per-head, reference, but it is "head"/);
  refuses(["--edges", "some"], /^--edges must be one of all, sampled, but it is "some"/);
  refuses(
    ["--filter_tolerance", "tiny"],
    /^--filter_tolerance must be a finite number from 0, but it is "tiny"$/,
  );
});

Deno.test("--radii takes min:max, or what occurs", () => {
  asks(["--radii", "5:150"], { radii: { min: 5, max: 150 } });
  asks(["--radii", "occurring"], {});
  for (const bad of ["5", "5:", "1:2:3", "a:b", "5:Infinity"]) {
    refuses(
      [`--radii=${bad}`],
      new RegExp(`^--radii must be occurring, or min:max such as 5:150 .*, but it is "${bad}"$`),
    );
  }
  refuses(["--radii", "150:5"], /range of radii 150:5:1 does not ascend/);
  refuses(["--radii", "5:100", "--network", "full"], /full network must end at the threshold 150/);
  refuses(["--radii", "5:151"], /radii 5 to 151 go beyond the threshold 150/);
});

Deno.test("--null takes the name of a null model, and --null_draws and --null_seed its draws", () => {
  asks(["--null", "permute"], { null: "permute", nullDraws: 20, nullSeed: 0 });
  asks(["--null", "rescale"], { null: "rescale", nullDraws: 1, nullSeed: 0 });
  asks(["--null", "gaussian", "--null_draws", "3", "--null_seed", "7"], {
    ...{ null: "gaussian", nullDraws: 3, nullSeed: 7 },
  });
  asks(["--null", "permute", "--network", "full"], { network: "full", null: "permute" });
  refuses(
    ["--null", "permut"],
    /^--null must be one of permute, .*, but it is "permut": did you mean permute\?$/,
  );
  for (const name of ["null_draws", "null_seed"]) {
    refuses(
      [`--${name}`, "3"],
      new RegExp(
        `^--${name} is about a null model, and none is given; give --null, such as "permute", or leave --${name} out$`,
      ),
    );
  }
  refuses(
    ["--null", "permute", "--null_draws", "0"],
    /^--null_draws must be an integer from 1 to 100000, but it is 0$/,
  );
  refuses(["--null", "rescale", "--null_draws", "20"], /"rescale" has nothing to draw/);
});

Deno.test("--filter_mode takes 0 to 3", () => {
  for (const mode of [0, 1, 2, 3] as const) {
    asks(["--filter_mode", `${mode}`], { filterMode: mode });
  }
  for (const bad of ["4", "-1"]) {
    refuses(
      [`--filter_mode=${bad}`],
      new RegExp(`^--filter_mode must be 0, 1, 2 or 3, but it is ${bad}$`),
    );
  }
});

Deno.test("--distance and --path_layers look further ahead along paths", () => {
  asks(["--distance", "path"], { distance: "path" });
  asks(["--distance", "path", "--path_layers", "3"], { distance: "path", pathLayers: 3 });
  refuses(
    ["--path_layers", "3"],
    /^--path_layers is 3, but only --distance "path" looks .*, or leave --path_layers out$/,
  );
  refuses(["--distance", "far"], /^--distance must be one of edge, path, but it is "far"/);
});

Deno.test("--layers and --roles choose layers, either or both", () => {
  asks(["--layers", "block 0 block input"], { layers: ["block 0 block input"] });
  asks(["--roles", "query, key, value"], { roles: ["query", "key", "value"] });
  asks(["--layers", "a,b", "--roles", "c"], { layers: ["a", "b"], roles: ["c"] });
  refuses(
    ["--roles", "block input", "--distance", "path"],
    /^only some layers can be measured by --distance "edge", but it is "path"/,
  );
  for (const flag of ["--layers", "--roles"]) {
    refuses([flag, "a,,b"], new RegExp(`^${flag} must be a list of names, none of them empty`));
  }
});

Deno.test("--network full asks for full networks, and refuses by name what is about samples", () => {
  asks(["--network", "full"], { network: "full" });
  asks(
    ["--network", "full", "--threshold", "30", "--alpha0", "argmax", "--roles", "block input"],
    { network: "full", threshold: 30, alpha0: "argmax", roles: ["block input"] },
  );
  for (
    const [name, value, flag = name] of [
      ["samples", "10"],
      ["sample_num", "10", "samples"],
      ["layer_sample", "32"],
      ["edges", "all"],
      ["qkv", "per-head"],
      ["distance", "path"],
      ["path_layers", "1"],
    ]
  ) {
    refuses(
      ["--network", "full", `--${name}`, value!],
      new RegExp(
        `^--${flag} is about sampled networks, and the full network takes none; leave one out$`,
      ),
    );
  }
  refuses(
    ["--network", "full", "--threshold", "2.8m"],
    /^the threshold of a full network must be a length: medians are taken over samples; give a/,
  );
});

Deno.test("--out, --networks and --skip_existing are taken as given", () => {
  const { out, networks, skipExisting } = values(
    ...["--out", "/tmp/x", "--networks", "/tmp/y", "--skip_existing"],
  );
  assert.deepEqual([out, networks, skipExisting], ["/tmp/x", "/tmp/y", true]);
});

Deno.test("a message about what was typed cannot steer the terminal", () => {
  for (const args of [["--roles", "\u001b[2Jx,"], ["--q", "\u001b[2J"], ["--\u001b[2J", "1"]]) {
    // deno-lint-ignore no-control-regex
    refuses(args, /^[^\u0000-\u001f\u007f-\u009f]+$/);
  }
});

Deno.test("absurd numbers are refused with what they are and the bound, before a model is opened", () => {
  refuses(
    ["--threshold", "1e9"],
    /^threshold 1000000000 at 0 digits has more than 16777216 rounded/,
  );
  refuses(["--network", "full", "--threshold", "1e5"], /^threshold 100000 at 0 digits has 100000/);
  refuses(["--threshold", "2m", "--digits", "6"], /^threshold 150 at 6 digits has more than 16777/);
  refuses(["--q=-3:3:1e-9"], /q grid -3:3:1e-9 has 6000000001 orders, more than 10001; choose a/);
  refuses(
    ["--q=1:3:1", "--alpha0", "argmax"],
    /^the q grid 1:3:1 leaves out 0, where f is largest; include 0, or take --alpha0 analytic$/,
  );
  refuses(["--radii", "1:1e9"], /radii 1:1000000000:1 has 1000000000 radii, more than 10001/);
  refuses(["--radii", "1:200"], /the radii 1 to 200 go beyond the threshold 150/);
  refuses(
    ["--null", "permute", "--null_draws", "1e9"],
    /^--null_draws must be an integer from 1 to 100000, but it is 1000000000$/,
  );
  refuses(
    ["--null", "permute", "--null_seed=-1"],
    /^--null_seed must be an integer from 0 to 9007199254740991, but it is -1$/,
  );
  refuses(
    ["--distance", "path", "--path_layers", "1e9"],
    /^--path_layers must be an integer from 1 to 1000, but it is 1000000000$/,
  );
  refuses(
    ["--filter_tolerance=-1"],
    /^--filter_tolerance must be a finite number from 0, but it is -1$/,
  );
});

Deno.test("--steps takes whole numbers separated by commas", () => {
  assert.equal(values().steps, undefined);
  assert.deepEqual(values("--steps", "0,512, 1000").steps, [0, 512, 1000]);
  assert.deepEqual(values("--steps", "9".repeat(15)).steps, [999_999_999_999_999]);
  for (const bad of ["0,1e3", "-1", "0,8.5", "often", "1.5", "1".repeat(16), "0,,1", ","]) {
    refuses(
      [`--steps=${bad}`],
      /^--steps must be (a list of )?whole numbers of at most 15 digits.*, but it is ["[]/,
    );
  }
});

Deno.test("--stage all does every stage in order, those about samples but for full networks", () => {
  assert.deepEqual(stagesOf(values()), ["analyze"]);
  assert.deepEqual(stagesOf(values("--stage", "all")), [
    ...["extract", "preprocess", "analyze", "visualize"],
  ]);
  for (const stage of ["extract", "preprocess"]) {
    refuses(
      ["--network", "full", "--stage", stage],
      new RegExp(`^--stage ${stage} is about samples, and --network full takes none$`),
    );
  }
  assert.deepEqual(stagesOf(values("--network", "full", "--stage", "all")), [
    ...["analyze", "visualize"],
  ]);
});

Deno.test("--shard takes a part of a whole, of the analysis only", () => {
  assert.equal(values().shard, undefined);
  assert.deepEqual(values("--shard", "2/8").shard, { index: 2, count: 8 });
  const none = ["0/8", "9/8", "2", "2/", "/8", "1/0", "a/b", "1.5/8", "-1/8", "1/1e9", "1/1000000"];
  for (const bad of none) {
    refuses(
      [`--shard=${bad}`],
      new RegExp(`^--shard must be a part such as 2/8, from 1/8 to 8/8, but it is "${bad}"$`),
    );
  }
  refuses(
    ["--shard", "1/2", "--stage", "all"],
    /^--shard is about --stage analyze, not all: leave one out$/,
  );
});

Deno.test("--workers takes a number above 0 or auto; without it nothing is said of them", () => {
  assert.equal(values().workers, undefined);
  assert.equal(values("--workers", "3").workers, 3);
  assert.equal(values("--workers", "auto").workers, "auto");
  for (const [bad, met] of [["0", "0"], ["-1", "-1"], ["1e6", "1000000"], ["many", '"many"']]) {
    refuses(
      [`--workers=${bad}`],
      new RegExp(`^--workers must be an integer from 1 to 1024, or auto, but it is ${met}$`),
    );
  }
});
