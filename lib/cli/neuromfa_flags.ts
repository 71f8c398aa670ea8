/** The flags of `deno task neuromfa`. */
import { NULL_KINDS } from "../emergence/null_models/null_kind.ts";
import { DEFAULT_Q } from "../multifractal/q_grid.ts";
import { MOST_LAYER_SAMPLE, MOST_SAMPLES } from "../networks/check_count.ts";
import { MOST_NULL_DRAWS } from "../runs/null_model_choice.ts";
import { MOST_WORKERS } from "../runs/units/measure_units.ts";

/** More layers than any model has. */
const MOST_PATH_LAYERS = 10_000;

/** The command and its flags; those that a convention decides have no default of their own. */
export const COMMAND = {
  name: "deno task neuromfa",
  summary:
    "Measures the multifractal spectra and the degree of emergence of models over training. (merge --help " +
    "tells of the parts of a run.)",
  flags: [
    {
      name: "models",
      type: "list",
      description:
        "suite:<name>; hf:<owner>/<model> or a Pythia's name, on the Hugging Face hub; a folder with a " +
        "subfolder step<N> for each checkpoint; or a model in --networks",
      default: "suite:nano-64",
    },
    {
      name: "stage",
      type: "text",
      description:
        "extract writes networks, preprocess checks them, analyze writes tables, visualize draws " +
        "them, all does everything",
      choices: ["extract", "preprocess", "analyze", "visualize", "all"],
      default: "analyze",
    },
    { name: "steps", type: "list", description: "training steps, 0 among them (default all)" },
    {
      name: "sample_num",
      type: "integer",
      least: 1,
      most: MOST_SAMPLES,
      description: "samples of each checkpoint (default 10)",
    },
    {
      name: "layer_sample",
      type: "integer",
      least: 1,
      most: MOST_LAYER_SAMPLE,
      description:
        "neurons drawn from each layer, twice as many inside the feed-forward layer (default 32)",
    },
    {
      name: "threshold",
      type: "text",
      description:
        "longest edge that counts: a length, or 2.8m for 2.8 medians of the untrained network",
      default: "150",
    },
    {
      name: "nfd_threshold",
      type: "number",
      description: "longest edge that counts for node fractal dimensions",
      default: "200",
    },
    {
      name: "digits",
      type: "integer",
      least: 0,
      most: 9,
      description: "decimals that lengths are rounded to",
      default: "0",
    },
    {
      name: "q",
      type: "text",
      description: "orders as min:max:step",
      default: `${DEFAULT_Q.min}:${DEFAULT_Q.max}:${DEFAULT_Q.step}`,
    },
    {
      name: "convention",
      type: "text",
      description:
        "reference gives the published code's numbers: --alpha0 argmax --qkv reference --edges sampled " +
        "--filter_tolerance 0, and fractal dimensions averaged with nodes that can have none; corrected: " +
        "analytic, per-head, all, 1e-9, and without them",
      choices: ["reference", "corrected"],
      default: "corrected",
    },
    {
      name: "alpha0",
      type: "text",
      description: "alpha_0 as the slope of tau at q = 0, or where f is largest",
      choices: ["analytic", "argmax"],
    },
    {
      name: "qkv",
      type: "text",
      description:
        "query, key and value of a neuron as stored head by head, or as the published code reads them",
      choices: ["per-head", "reference"],
    },
    {
      name: "edges",
      type: "text",
      description: "out-edges of sampled neurons: all, or only those to other sampled neurons",
      choices: ["all", "sampled"],
    },
    {
      name: "distance",
      type: "text",
      description:
        "edge counts a neuron's out-edges, path the neurons that shortest paths lead to (default edge)",
      choices: ["edge", "path"],
    },
    {
      name: "path_layers",
      type: "integer",
      least: 1,
      most: MOST_PATH_LAYERS,
      description: "layers ahead that paths may lead (default 2; 1 for edges)",
    },
    {
      name: "layers",
      type: "list",
      description:
        "names of the layers whose neurons are measured, such as block 0 block input (default all)",
    },
    {
      name: "roles",
      type: "list",
      description:
        "roles of the layers whose neurons are measured, such as attention output; with --layers, both",
    },
    {
      name: "filter_mode",
      type: "integer",
      description:
        "spectra left out: 0 none, 1 with f above 0, 2 with alpha above its first, 3 either",
      default: "0",
    },
    {
      name: "filter_tolerance",
      type: "number",
      least: 0,
      description: "how far above 0 an f must be for filter modes 1 and 3",
    },
    {
      name: "network",
      type: "text",
      description:
        "sampled networks, or the full one: every neuron and every weight, without an interval of E",
      choices: ["sampled", "full"],
      default: "sampled",
    },
    {
      name: "radii",
      type: "text",
      description:
        "fixed radii of every fit as min:max such as 5:150 (default the rounded lengths that occur, as published)",
    },
    {
      name: "null",
      type: "text",
      description:
        "null model that E is compared with: weights of each matrix in random places, of each row, of each column, " +
        "normal weights, or untrained weights at the trained norm",
      choices: Object.keys(NULL_KINDS),
    },
    {
      name: "null_draws",
      type: "integer",
      least: 1,
      most: MOST_NULL_DRAWS,
      description: "draws of the null model (default 20; rescale has 1)",
    },
    {
      name: "null_seed",
      type: "integer",
      least: 0,
      description: "seed of the null model's draws (default 0)",
    },
    {
      name: "metrics",
      type: "list",
      description:
        "scores drawn beside E (default all that lie beside the checkpoints); piqa means piqa/acc",
    },
    {
      name: "evals",
      type: "text",
      description:
        "folder or address of lm-evaluation-harness results, for models without scores of their own " +
        "(default the published ones of Pythia, if --metrics is given)",
    },
    {
      name: "allow_duplicates",
      type: "switch",
      description: "go on where steps hold the same weights, and mark them",
    },
    {
      name: "skip_existing",
      type: "switch",
      description: "leave alone what is there and made by the same options",
    },
    {
      name: "workers",
      type: "integer",
      least: 1,
      most: MOST_WORKERS,
      description:
        "how many measure at once; the tables are the same (default as many as pay, up to the number of processors)",
    },
    {
      name: "shard",
      type: "text",
      description:
        "2/8 measures the second of eight parts and writes no table; merge puts them together",
    },
    {
      name: "keep_units",
      type: "switch",
      description: "keep what was measured, so that more steps or samples need only theirs",
    },
    { name: "out", type: "text", description: "folder of the results", default: "out" },
    {
      name: "networks",
      type: "text",
      description: "folder of extracted networks",
      default: "out/networks",
    },
  ],
} as const;

/** The second command: tables from what several machines have measured. */
export const MERGE = {
  name: "deno task neuromfa merge",
  summary: "Puts together what was measured with --shard, and writes the tables.",
  flags: [
    {
      name: "from",
      type: "list",
      description: "the folders that were --out of the parts (default --out)",
    },
    {
      name: "models",
      type: "list",
      description: "names of the models in tables (default all that were measured there)",
    },
    {
      name: "keep_units",
      type: "switch",
      description: "keep what was measured, so that more steps or samples need only theirs",
    },
    { name: "out", type: "text", description: "folder of the results", default: "out" },
  ],
} as const;
