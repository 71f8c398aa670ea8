import assert from "node:assert/strict";
import { FlagError, flagName, parseFlags } from "../../lib/cli/parse_flags.ts";
import { choice, integer, names, number, onOff } from "../../lib/options/option.ts";

const command = {
  name: "deno task neuromfa",
  summary: "Measures.",
  options: {
    models: names({ help: "models to measure" }),
    samples: integer({ min: 1, max: 100, default: 10, help: "samples", aliases: ["sample_num"] }),
    layerSample: integer({ min: 1, max: 100, default: 32, help: "neurons" }),
    threshold: number({ above: -10, default: 150, help: "longest edge" }),
    stage: choice(["all", "analyze"], { default: "all", help: "what" }),
    skipExisting: onOff({ help: "keep what is there" }),
  },
} as const;

function read(args: string[]) {
  const line = parseFlags(command, args);
  assert.ok(line !== "help");
  return line;
}

function message(args: string[]): string {
  try {
    parseFlags(command, args);
  } catch (error) {
    assert.ok(error instanceof FlagError);
    return error.message;
  }
  assert.fail(`${args.join(" ")} was accepted`);
}

Deno.test("without arguments every option has its default, and none is given", () => {
  const { given, values } = read([]);
  assert.deepEqual(given, {});
  assert.deepEqual(values, {
    models: undefined,
    samples: 10,
    layerSample: 32,
    threshold: 150,
    stage: "all",
    skipExisting: false,
  });
});

Deno.test("values are given after a space or an equals sign and are what the option's are", () => {
  const args = ["--models", "a,b", "--samples=3", "--threshold=-2.5", "--skip_existing"];
  assert.deepEqual(read(args).given, {
    models: ["a", "b"],
    samples: 3,
    threshold: -2.5,
    skipExisting: true,
  });
});

Deno.test("a flag is its option's name in snake_case, and old names are understood", () => {
  assert.equal(flagName("layerSample"), "layer_sample");
  assert.equal(flagName("alpha0"), "alpha0");
  assert.deepEqual(read(["--sample_num", "3", "--layer_sample", "8"]).given, {
    samples: 3,
    layerSample: 8,
  });
});

Deno.test("names of a list are separated by commas or spaces", () => {
  assert.deepEqual(read(["--models", "a", "b,c", "--stage", "all"]).given.models, ["a", "b", "c"]);
});

Deno.test("--help wins over every value", () => {
  assert.equal(parseFlags(command, ["--samples", "3", "--help"]), "help");
});

Deno.test("an unknown flag is refused by name with the nearest known one", () => {
  assert.equal(
    message(["--sample-num", "3"]),
    "unknown flag --sample-num: did you mean --sample_num? See --help for all of them",
  );
});

Deno.test("an unknown flag that is near to none is refused without a guess", () => {
  assert.equal(message(["--verbose"]), "unknown flag --verbose: see --help for all of them");
});

Deno.test("a value that is none of the option's is refused with those that are", () => {
  assert.equal(
    message(["--samples", "0"]),
    "--samples must be an integer from 1 to 100, but it is 0",
  );
  assert.equal(
    message(["--samples", "x"]),
    '--samples must be an integer from 1 to 100, but it is "x"',
  );
  assert.equal(
    message(["--samples", "1e9"]),
    "--samples must be an integer from 1 to 100, but it is 1000000000",
  );
  assert.equal(
    message(["--stage", "analyse"]),
    '--stage must be one of all, analyze, but it is "analyse": did you mean analyze?',
  );
  assert.equal(
    message(["--threshold", "Infinity"]),
    "--threshold must be a finite number above -10, but it is Infinity",
  );
  assert.match(message(["--models", "a,,b"]), /a list of names, none of them empty/);
});

Deno.test("a flag without its value, a switch with one, a repeated flag and a stray word are refused", () => {
  assert.equal(message(["--samples"]), "--samples needs a value: samples");
  assert.equal(message(["--samples", "--stage"]), "--samples needs a value: samples");
  assert.equal(message(["--samples="]), "--samples needs a value: samples");
  assert.equal(
    message(["--skip_existing=yes"]),
    '--skip_existing takes no value, but was given "yes"',
  );
  assert.equal(
    message(["--samples", "3", "--sample_num", "4"]),
    "--samples is given twice: give it once",
  );
  assert.match(message(["nano-64"]), /"nano-64" belongs to no flag/);
  assert.match(message(["--skip_existing", "yes"]), /"yes" belongs to no flag/);
});

Deno.test("words that follow no flag are values of the option that a command names for them", () => {
  const worded = { ...command, words: { option: "models", called: "MODEL" } } as const;
  const given = (...args: string[]) => {
    const line = parseFlags(worded, args);
    assert.ok(line !== "help");
    return line.given;
  };
  const both = { models: ["a", "b"], skipExisting: true };
  assert.deepEqual(given("a", "b", "--skip_existing"), both);
  assert.deepEqual(given("--skip_existing", "a,b"), both);
  assert.deepEqual(given("a", "--skip_existing", "b"), both);
  assert.throws(
    () => given("a", "--models", "b"),
    /^FlagError: "a" is a value of --models, which is given too: put it behind that flag$/,
  );
});
