import assert from "node:assert/strict";
import { FlagError, parseFlags } from "../../lib/cli/parse_flags.ts";

const command = {
  name: "deno task neuromfa",
  summary: "Measures.",
  flags: [
    { name: "models", type: "list", description: "models to measure" },
    { name: "sample_num", type: "integer", description: "samples", default: "10" },
    { name: "threshold", type: "number", description: "longest edge", default: "150" },
    {
      name: "stage",
      type: "text",
      description: "what",
      default: "all",
      choices: ["all", "analyze"],
    },
    { name: "workers", type: "integer", description: "workers", least: 1, most: 8 },
    { name: "tolerance", type: "number", description: "tolerance", least: 0 },
    { name: "skip_existing", type: "switch", description: "keep what is there" },
  ],
} as const;

function message(args: string[]): string {
  try {
    parseFlags(command, args);
  } catch (error) {
    assert.ok(error instanceof FlagError);
    return error.message;
  }
  assert.fail(`${args.join(" ")} was accepted`);
}

Deno.test("without arguments every flag has its default", () => {
  assert.deepEqual(parseFlags(command, []), {
    models: undefined,
    sample_num: 10,
    threshold: 150,
    stage: "all",
    workers: undefined,
    tolerance: undefined,
    skip_existing: false,
  });
});

Deno.test("values are given after a space or an equals sign and have the flag's type", () => {
  const args = ["--models", "a,b", "--sample_num=3", "--threshold=-2.5", "--skip_existing"];
  assert.deepEqual(parseFlags(command, args), {
    models: ["a", "b"],
    sample_num: 3,
    threshold: -2.5,
    workers: undefined,
    tolerance: undefined,
    stage: "all",
    skip_existing: true,
  });
});

Deno.test("--help wins over every value", () => {
  assert.equal(parseFlags(command, ["--sample_num", "3", "--help"]), "help");
});

Deno.test("an unknown flag is refused by name with the nearest known one", () => {
  assert.match(
    message(["--sample-num", "3"]),
    /Unknown flag --sample-num: did you mean --sample_num\?/,
  );
  assert.match(message(["--tresh", "9"]), /Unknown flag --tresh: did you mean --threshold\?/);
  assert.match(message(["-m"]), /Unknown flag -m/);
});

Deno.test("a flag without its value is refused, also when another flag follows", () => {
  assert.match(message(["--models"]), /--models needs a value: models to measure/);
  assert.match(message(["--models", "--skip_existing"]), /--models needs a value/);
  assert.match(message(["--models="]), /--models needs a value/);
});

Deno.test("a malformed number is refused with what was met", () => {
  assert.match(message(["--sample_num", "2.5"]), /--sample_num must be a whole number, not "2.5"/);
  assert.match(message(["--threshold", "wide"]), /--threshold must be a number, not "wide"/);
  assert.match(message(["--threshold", " "]), /--threshold must be a number/);
});

Deno.test("a number out of bounds is refused with flag, value and bounds", () => {
  assert.equal(message(["--workers", "1e6"]), "--workers must be from 1 to 8, not 1e6.");
  assert.equal(message(["--workers=0"]), "--workers must be from 1 to 8, not 0.");
  assert.equal(message(["--tolerance=-1"]), "--tolerance must be at least 0, not -1.");
  assert.notEqual(parseFlags(command, ["--workers", "8", "--tolerance", "0"]), "help");
});

Deno.test("a value outside the choices is refused with the nearest one", () => {
  assert.match(
    message(["--stage", "analyse"]),
    /must be one of all, analyze.*did you mean analyze/,
  );
});

Deno.test("repeated flags, values for switches and stray words are refused", () => {
  assert.match(message(["--stage", "all", "--stage", "all"]), /--stage is given twice/);
  assert.match(message(["--skip_existing=no"]), /takes no value, but was given "no"/);
  assert.match(message(["pythia"]), /"pythia" belongs to no flag/);
  assert.match(message(["--", "pythia"]), /belongs to no flag/);
});

Deno.test("the names of a list may stand apart, as in the published command, until the next flag", () => {
  const command = {
    name: "measure",
    summary: "Measures.",
    flags: [
      { name: "metrics", type: "list", description: "metrics" },
      { name: "out", type: "text", description: "folder" },
    ],
  } as const;
  assert.deepEqual(parseFlags(command, ["--metrics", "piqa", "sciq,wsc", "--out", "x"]), {
    metrics: ["piqa", "sciq", "wsc"],
    out: "x",
  });
  assert.throws(
    () => parseFlags(command, ["--metrics", "piqa", "--out", "x", "y"]),
    /"y" belongs to no flag/,
  );
});

Deno.test("an empty name in a list is refused, and a comma beside a space makes none", () => {
  const models = (...words: string[]) => {
    const flags = parseFlags(command, ["--models", ...words, "--skip_existing"]);
    return flags === "help" ? flags : flags.models;
  };
  for (const words of [["a,", "b"], ["a", ",b"], ["a", ",", "b"], ["a, b"]]) {
    assert.deepEqual(models(...words), ["a", "b"]);
  }
  for (const list of ["a,,b", ",a", "a,", ",", " ", "a, ,b"]) {
    assert.equal(
      message(["--models", list]),
      `--models has an empty name in "${list}": leave out the comma before or after it.`,
    );
  }
  assert.match(message(["--models", "a", ",", ",", "b,"]), /an empty name in "a , , b,"/);
});
