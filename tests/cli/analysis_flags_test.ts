import assert from "node:assert/strict";
import { optionsOfFlags } from "../../lib/cli/analysis_flags.ts";
import { FlagError } from "../../lib/cli/parse_flags.ts";
import { analysisOptions, type PartialAnalysisOptions } from "../../lib/runs/analysis_options.ts";
import { fullAnalysisOptions } from "../../lib/runs/full_analysis_options.ts";
import { flags } from "./flags.ts";

/** Assert that a command line asks for the corrected options but for these. */
function asks(args: readonly string[], changed: PartialAnalysisOptions): void {
  assert.deepEqual(optionsOfFlags(flags(...args)), analysisOptions(changed), args.join(" "));
}

function refuses(args: readonly string[], message: RegExp): void {
  assert.throws(() => {
    optionsOfFlags(flags(...args));
  }, (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, message);
    return true;
  });
}

Deno.test("without flags the bundled model is analysed by the corrected convention", () => {
  const values = flags();
  assert.deepEqual(
    [values.models, values.stage, values.out, values.networks, values.skip_existing],
    [["suite:nano-64"], "analyze", "out", "out/networks", false],
  );
  assert.deepEqual(optionsOfFlags(values), analysisOptions());
});

Deno.test("--models takes names separated by commas", () => {
  assert.deepEqual(flags("--models", "suite:nano-64,/a b/pythia-14m").models, [
    "suite:nano-64",
    "/a b/pythia-14m",
  ]);
});

Deno.test("--stage takes one of the five stages", () => {
  for (const stage of ["extract", "preprocess", "analyze", "visualize", "all"]) {
    assert.equal(flags("--stage", stage).stage, stage);
  }
  refuses(["--stage", "analyse"], /--stage must be one of .*, not "analyse": did you mean analyze/);
});

Deno.test("--sample_num and --layer_sample set the size of the sample", () => {
  asks(["--sample_num", "3"], { samples: 3 });
  asks(["--layer_sample", "24"], { layerSample: 24 });
  refuses(["--sample_num", "2.5"], /--sample_num must be a whole number, not "2.5"/);
  refuses(["--sample_num", "1e9"], /^--sample_num must be from 1 to 10000, not 1e9\.$/);
  refuses(["--layer_sample", "1e9"], /^--layer_sample must be from 1 to 1000000, not 1e9\.$/);
  refuses(["--layer_sample", "many"], /--layer_sample must be a whole number, not "many"/);
});

Deno.test("--threshold takes a length, or medians with an m", () => {
  asks(["--threshold", "120"], { threshold: 120 });
  asks(["--threshold", "62.5"], { threshold: 62.5 });
  asks(["--threshold", "2.8m"], { threshold: { medians: 2.8 } });
  for (const bad of ["0", "0m", "-3", "m", "2 m", "wide", "1e", "0x10"]) {
    refuses([`--threshold=${bad}`], /^--threshold must be a length such as 150, or medians such/);
  }
});

Deno.test("--digits sets the decimals that lengths are rounded to", () => {
  asks(["--digits", "1"], { digits: 1 });
  refuses(["--digits", "one"], /--digits must be a whole number/);
  refuses(["--digits", "30"], /^--digits must be from 0 to 9, not 30\.$/);
});

Deno.test("--q takes min:max:step, also after a space where it begins with a minus", () => {
  asks(["--q", "-5:5:0.25"], { q: { min: -5, max: 5, step: 0.25 } });
  asks(["--q=-1:2:0.5"], { q: { min: -1, max: 2, step: 0.5 } });
  for (const bad of ["-3:3", "1:2:3:4", "a:b:c", "-3::0.1", "-3:Infinity:0.1"]) {
    refuses([`--q=${bad}`], /^--q must be min:max:step such as -3:3:0\.1, not "/);
  }
});

Deno.test("--convention chooses a bundle, which single flags change", () => {
  asks(["--convention", "reference"], { convention: "reference" });
  asks(["--convention", "corrected"], {});
  const bundle = ["--convention", "reference", "--alpha0", "analytic", "--edges", "all"];
  asks(bundle, { convention: "reference", alpha0: "analytic", edges: "all" });
  refuses(["--convention", "published"], /--convention must be one of reference, corrected/);
});

Deno.test("--alpha0, --qkv, --edges and --filter_tolerance each change one choice", () => {
  asks(["--alpha0", "argmax"], { alpha0: "argmax" });
  asks(["--qkv", "reference"], { qkv: "reference" });
  asks(["--edges", "sampled"], { edges: "sampled" });
  asks(["--filter_tolerance", "0"], { filterTolerance: 0 });
  refuses(["--alpha0", "max"], /--alpha0 must be one of analytic, argmax, not "max"/);
  refuses(["--qkv", "head"], /--qkv must be one of per-head, reference/);
  refuses(["--edges", "some"], /--edges must be one of all, sampled/);
  refuses(["--filter_tolerance", "tiny"], /--filter_tolerance must be a number/);
});

Deno.test("--radii takes min:max", () => {
  asks(["--radii", "5:150"], { radii: { min: 5, max: 150 } });
  for (const bad of ["5", "5:", "1:2:3", "a:b"]) {
    refuses([`--radii=${bad}`], /^--radii must be min:max such as 5:150, not "/);
  }
  refuses(["--radii", "150:5"], /range of radii 150:5:1 does not ascend/);
  refuses(["--radii", "5:100", "--network", "full"], /full network must end at the threshold 150/);
  refuses(["--radii", "5:151"], /radii 5 to 151 go beyond the threshold 150/);
});

Deno.test("--null takes the name of a null model, and --null_draws and --null_seed its draws", () => {
  asks(["--null", "permute"], { nullModel: { kind: "permute", draws: 20, seed: 0 } });
  asks(["--null", "rescale"], { nullModel: { kind: "rescale", draws: 1, seed: 0 } });
  asks(["--null", "gaussian", "--null_draws", "3", "--null_seed", "7"], {
    nullModel: { kind: "gaussian", draws: 3, seed: 7 },
  });
  assert.deepEqual(
    optionsOfFlags(flags("--null", "permute", "--network", "full")),
    fullAnalysisOptions({ nullModel: { kind: "permute" } }),
  );
  refuses(["--null", "permut"], /^--null must be one of .*, not "permut": did you mean permute\?$/);
  for (const name of ["null_draws", "null_seed"]) {
    refuses(
      [`--${name}`, "3"],
      new RegExp(`^--${name} is about the null model of --null, which is`),
    );
  }
  refuses(
    ["--null", "permute", "--null_draws", "0"],
    /--null_draws must be from 1 to 100000, not 0/,
  );
  refuses(["--null", "rescale", "--null_draws", "20"], /"rescale" has nothing to draw/);
});

Deno.test("--filter_mode takes 0 to 3", () => {
  for (const mode of [0, 1, 2, 3] as const) {
    asks(["--filter_mode", `${mode}`], { filterMode: mode });
  }
  for (const bad of ["4", "-1"]) {
    refuses([`--filter_mode=${bad}`], /^--filter_mode must be 0, 1, 2 or 3, not /);
  }
});

Deno.test("--distance and --path_layers look further ahead along paths", () => {
  asks(["--distance", "path"], { distance: "path" });
  asks(["--distance", "path", "--path_layers", "3"], { distance: "path", layers: 3 });
  refuses(["--path_layers", "3"], /layers is 3, but only distance "path" looks/);
  refuses(["--distance", "far"], /--distance must be one of edge, path/);
});

Deno.test("--layers and --roles choose layers, either or both", () => {
  asks(["--layers", "block 0 block input"], { only: ["block 0 block input"] });
  asks(["--roles", "query, key, value"], { only: ["query", "key", "value"] });
  asks(["--layers", "a,b", "--roles", "c"], { only: ["a", "b", "c"] });
});

Deno.test("--network full asks for full networks, and refuses by name what is about samples", () => {
  assert.deepEqual(optionsOfFlags(flags("--network", "full")), fullAnalysisOptions());
  const changed = ["--threshold", "30", "--alpha0", "argmax", "--roles", "block input"];
  assert.deepEqual(
    optionsOfFlags(flags("--network", "full", ...changed)),
    fullAnalysisOptions({ threshold: 30, alpha0: "argmax", only: ["block input"] }),
  );
  for (
    const [name, value] of [
      ["sample_num", "10"],
      ["layer_sample", "32"],
      ["edges", "all"],
      ["qkv", "per-head"],
      ["distance", "path"],
      ["path_layers", "1"],
    ]
  ) {
    refuses(
      ["--network", "full", `--${name}`, value!],
      new RegExp(`^--${name} is about samples, and --network full takes none: leave one out\\.$`),
    );
  }
  refuses(["--network", "full", "--threshold", "2.8m"], /^--threshold 2\.8m is taken over samples/);
});

Deno.test("--out, --networks and --skip_existing are taken as given", () => {
  const { out, networks, skip_existing } = flags(
    ...["--out", "/tmp/x", "--networks", "/tmp/y", "--skip_existing"],
  );
  assert.deepEqual([out, networks, skip_existing], ["/tmp/x", "/tmp/y", true]);
});

Deno.test("a value that makes no sense is a FlagError, which the command prints without a trace", () => {
  assert.throws(() => optionsOfFlags(flags("--q", "3")), FlagError);
});

Deno.test("absurd numbers are refused with what they are and the bound, before a model is opened", () => {
  refuses(
    ["--threshold", "1e9"],
    /^threshold 1000000000 at 0 digits has more than 16777216 rounded/,
  );
  refuses(["--network", "full", "--threshold", "1e5"], /^threshold 100000 at 0 digits has 100000/);
  refuses(["--q=-3:3:1e-9"], /q grid -3:3:1e-9 has 6000000001 orders, more than 10001; choose a/);
  refuses(["--radii", "1:1e9"], /radii 1:1000000000:1 has 1000000000 radii, more than 10001/);
  refuses(["--radii", "1:200"], /the radii 1 to 200 go beyond the threshold 150/);
  refuses(
    ["--null", "permute", "--null_draws", "1e9"],
    /^--null_draws must be from 1 to 100000, not/,
  );
  refuses(["--null", "permute", "--null_seed=-1"], /^--null_seed must be at least 0, not -1/);
  refuses(["--distance", "path", "--path_layers", "1e9"], /^--path_layers must be from 1 to 10000/);
  refuses(["--filter_tolerance=-1"], /^--filter_tolerance must be at least 0, not -1/);
});
