/** What the notebooks ask their readers to try, and what must come out. */

import type { Edit } from "./run_exercise.ts";

/** One exercise of a notebook's list. */
export interface Exercise {
  /** Its number in the list. */
  readonly number: number;
  /** A text of the exercise, so that this table can't stay behind when the exercise changes. */
  readonly says: string;
  /** What is changed in the cells; or why it can't be run here. */
  readonly edits: readonly Edit[] | string;
  /** What must be among all that is shown; figures are SVG. */
  readonly shows?: readonly RegExp[];
  /** A text in the last cell that is run; all are unless given. */
  readonly until?: string;
  /** The model, where it is not the small one. */
  readonly model?: string;
  /** `NEUROMFA_STEPS`, where that model has more than are needed. */
  readonly steps?: string;
}

/** The exercises of a notebook. */
export interface NotebookExercises {
  /** The notebook's name, without its ending. */
  readonly notebook: string;
  /** Changes that make every exercise of it quick: fewer samples, steps or models. */
  readonly quick?: readonly Edit[];
  /** Whether they are about the notebook's own models, not about the small one. */
  readonly own?: true;
  /** Texts in cells that no exercise needs. */
  readonly without?: readonly string[];
  /** Its exercises. */
  readonly exercises: readonly Exercise[];
}

const NEEDS_HUB = "it needs the hub, and notebooks_hub_test.ts runs these cells on a local one";
const few = "[0, 128, 512, 1024, 4096]";

/** All exercises, in the order of the notebooks. The small model has nano-32's steps 0, 128, 512, 768 and 4096. */
export const EXERCISES: readonly NotebookExercises[] = [
  {
    notebook: "01_first_look",
    quick: [
      ["const result = await measure(run);", "const result = await measure(run, { samples: 2 });"],
      ["const samples = 10;", "const samples = 2;"],
      ["for (const medians of [0.5, 1, 2.8, 150 / median])", "for (const medians of [0.5])"],
    ],
    exercises: [
      {
        number: 1,
        says: "Set `threshold` to 25 in section 1",
        edits: [["const threshold = 150;", "const threshold = 25;"]],
        shows: [/longer than the threshold 25;/, /small: threshold 25, 2 samples/],
      },
      {
        number: 2,
        says: 'Put `convention: "reference"` into the options of `measure` in section 4',
        edits: [["{ samples, threshold })", '{ samples, threshold, convention: "reference" })']],
        shows: [/edges among them only, query, key, value rows reference, α₀ argmax/],
        until: "await show(measured.rows);",
      },
      {
        number: 3,
        says: "Put the path of a folder of checkpoints of your own",
        edits: [["const scores = await modelScores(run);", "const scores: never[] = [];"]],
        shows: [/small: degree of emergence over training/i],
        until: "const scores",
      },
    ],
  },
  {
    notebook: "02_neuron_interaction_network",
    exercises: [
      {
        number: 1,
        says: "Set `block: 3` in section 3, then `neurons: 3` as well",
        edits: [["block: 0,\n", "block: 3,\n"], ["neurons: 5,", "neurons: 3,"]],
        shows: [/Drawn are 3, 9, 3, 3, 6, 3 neurons/],
        until: "networkGraphFigure(trained",
        model: "suite:nano-64",
      },
      {
        number: 2,
        says: "Put `steps: [0]` into section 2",
        edits: [["samples: 1, steps: [last]", "samples: 1, steps: [0]"]],
        shows: [/Block 0 of small at step 0 /, /0\.5 +0\.078064 +12\.81\n/],
        until: "networkGraphFigure(trained",
      },
      {
        number: 3,
        says: 'Pass `edges: "sampled"` to `sampleNetworks`',
        edits: [["samples: 1, steps: [last]", 'samples: 1, steps: [last], edges: "sampled"']],
        shows: [/all 200 edges between them, of 8,192/],
        until: "networkGraphFigure(trained",
      },
    ],
  },
  {
    notebook: "03_box_growing_and_mass",
    without: [
      "neuronBoxesFigure(lengths",
      "const cantorSets",
      "const cantorFigure",
      "const smallWorlds",
      "const knownTable",
    ],
    exercises: [
      {
        number: 1,
        says: "`[0.4, 1.6]`",
        edits: [['[0.8, 1.2]),\n  generate("three', '[0.4, 1.6]),\n  generate("three']],
        shows: [/>α₀ 1\.00, width 1\.31</],
        until: "const widthFigure",
      },
      {
        number: 2,
        says: '`generate("50 slow, 10 fast", [0.8, 1.2], 2000, [50, 10])`',
        edits: [[
          'generate("three kinds", [0.6, 1, 1.4])',
          'generate("50 slow, 10 fast", [0.8, 1.2], 2000, [50, 10])',
        ]],
        shows: [/>50 slow, 10 fast</, />α₀ 0\.86, width 0\.28</],
        until: "const widthFigure",
      },
      {
        number: 3,
        says: "Call `growBoxes(network, { threshold: 25 })` in section 2",
        edits: [[
          "growBoxes(network, { threshold: 150 })",
          "growBoxes(network, { threshold: 25 })",
        ]],
        shows: [/at radius 25;/, /small at step 4096 +1\.26518 +0\.822964/],
      },
    ],
  },
  {
    notebook: "04_two_conventions",
    exercises: [
      {
        number: 1,
        says: "Set `samples` to 5",
        edits: [["const samples = 10;", "const samples = 5;"]],
        shows: [/all edges .*-0\.265549 +-0\.268572 /],
        until: "emergenceVariantsFigure(run.model",
      },
      {
        number: 2,
        says: "Pass `threshold: 50` to `multifractalSpectra`",
        edits: [
          ["const samples = 10;", "const samples = 2;"],
          ["alpha0: name ===", "threshold: 50,\n    alpha0: name ==="],
        ],
        shows: [/corrected +0\.791764/],
        until: "emergenceVariantsFigure(run.model",
      },
      {
        number: 3,
        says: "count its `samples`",
        edits: [
          ["const samples = 10;", "const samples = 2;"],
          ["  CONVENTIONS,\n", "  CONVENTIONS,\n  measure,\n"],
          [
            "const [before, at]",
            'const rows = (await measure(run, { convention: "reference", samples })).samples;\n' +
            "console.log(`${rows.filter(({ tie }) => tie).length} of ${rows.length} with a tie`);\n" +
            "const [before, at]",
          ],
        ],
        shows: [/10 of 10 with a tie/],
      },
    ],
  },
  {
    notebook: "05_sampling_bias",
    exercises: [
      {
        number: 1,
        says: "Set `NEUROMFA_MODEL` to `suite:nano-32`",
        edits: [["{ layerSamples: [32] }", "{ layerSamples: [32], samples: 2 }"]],
        shows: [/nano-32 at step 4,096: what sampling does/],
        model: "suite:nano-32",
        steps: "0,4096",
      },
      {
        number: 2,
        says: "Pass `threshold: 25` to both calls of `samplingBias`",
        edits: [
          ["steps: [0, last] })", "steps: [0, last], threshold: 25 })"],
          ["{ layerSamples: [32] }", "{ layerSamples: [32], threshold: 25 }"],
        ],
        shows: [/↑ degree of emergence E[^]*>−0\.07</],
      },
      {
        number: 3,
        says: "Add `samples: 40`",
        edits: [["steps: [0, last] })", "steps: [0, last], samples: 40 })"]],
        shows: [/Means over 40 samples/],
        until: "const figure = samplingBiasFigure",
      },
    ],
  },
  {
    notebook: "06_repeated_samples",
    exercises: [
      {
        number: 1,
        says: "Pass `{ threshold: 25 }` to all that counts edges",
        edits: [
          [
            "Masses(checkpoint, architecture)",
            "Masses(checkpoint, architecture, { threshold: 25 })",
          ],
          ["measure(run, { samples: 10", "measure(run, { threshold: 25, samples: 10"],
          ["growBoxes(network)", "growBoxes(network, { threshold: 25 })"],
          ["multifractalSpectra(drawn)", "multifractalSpectra(drawn, { threshold: 25 })"],
        ],
        shows: [/r10 +1 +6 +1\.26629/, /full network +1\.22166/],
      },
      {
        number: 2,
        says: "Draw 30 samples instead of ten in sections 2 and 3",
        edits: [
          ["measure(run, { samples: 10", "measure(run, { samples: 30"],
          ["of sampleNetworks(run, { samples: 10", "of sampleNetworks(run, { samples: 30"],
        ],
        shows: [/r30 /],
        until: "const shortest",
      },
      {
        number: 3,
        says: 'Put `qkv: "reference"` into section 4',
        edits: [["layerSample, edges, steps", 'layerSample, edges, qkv: "reference", steps']],
        shows: [/32 neurons, sampled +0\.486643/, /32 neurons, all edges +0\.498018/],
      },
    ],
  },
  {
    notebook: "07_sensitivity",
    quick: [
      [
        "sensitivity(run, { vary: { threshold",
        "sensitivity(run, { sampling: { samples: 2 }, vary: { threshold",
      ],
      ["const sampling = { steps", "const sampling = { samples: 2, steps"],
    ],
    without: ["const others = ", "const radiiMap", "const all = ", "const fits = "],
    exercises: [
      {
        number: 1,
        says: "`sensitivity(run, { vary: { digits: [0, 1] } })`",
        edits: [["vary: { threshold: [...medians, 150] }", "vary: { digits: [0, 1] }"]],
        shows: [/small: E over training, by digits of rounding/],
        until: "const medians",
      },
      {
        number: 2,
        says: 'In the last cell put `groupRadii: "group"` in place of `radii`',
        edits: [
          ["medians = [0.5, 1, 1.4, 2, 2.8, 4]", "medians = [1]"],
          ['by: "role",\n    radii: range(2, 150),', 'by: "role",\n    groupRadii: "group",'],
        ],
        shows: [/>−\.25</],
      },
      {
        number: 3,
        says: "Pass `{ threshold: 20 }` to `growBoxes` in section 3",
        edits: [
          ["medians = [0.5, 1, 1.4, 2, 2.8, 4]", "medians = [1]"],
          ["growBoxes(trained!.network)", "growBoxes(trained!.network, { threshold: 20 })"],
        ],
        shows: [/all radii 20\./],
        until: "localSlopes(partition",
      },
    ],
  },
  {
    notebook: "08_node_fractal_dimension",
    quick: [["await suiteModels()", '["nano-32"]']],
    exercises: [
      {
        number: 1,
        says: "Pass `{ nfdThreshold: 50 }` to `measureNfd`, and `nfdThreshold: 50` to `measure`",
        edits: [
          ["measureNfd(network))", "measureNfd(network, { nfdThreshold: 50 }))"],
          ["steps: [0, last] }", "steps: [0, last], nfdThreshold: 50 }"],
        ],
        shows: [/>median 0\.907</, />1\.104</],
      },
      {
        number: 2,
        says: 'Pass `edges: "sampled"` to `sampleNetworks` in section 1',
        edits: [["samples: sample + 1 }", 'samples: sample + 1, edges: "sampled" }']],
        shows: [/>median 0\.623</],
        until: "const evolution =",
      },
      {
        number: 3,
        says: "Set `sample` to 1 in section 1",
        edits: [["const sample = 0;", "const sample = 1;"]],
        shows: [/>median 0\.628</, /Neurons of sample 1/, /Over the neurons of sample 1/],
        until: "const evolution =",
      },
    ],
  },
  {
    notebook: "09_two_layer_paths",
    quick: [["{ samples: 5, ...options }", "{ samples: 2, ...options }"]],
    without: ["await degreeDistribution(", '"deviation / mean"'],
    exercises: [
      {
        number: 1,
        says: "Set `pathLayers: 3` in section 2, and the name before it",
        edits: [[
          '"paths over two layers", { distance: "path", pathLayers: 2 }',
          '"paths over three layers", { distance: "path", pathLayers: 3 }',
        ]],
        shows: [/paths over three layers/],
        until: "const table =",
      },
      {
        number: 2,
        says: '`{ distance: "path", pathLayers: 2, threshold: 25 }`',
        edits: [
          ['"single edges", {}', '"single edges", { threshold: 25 }'],
          ["pathLayers: 2 }", "pathLayers: 2, threshold: 25 }"],
        ],
        shows: [/paths over two layers +4096 +1\.5908/],
      },
      {
        number: 3,
        says:
          'Give the last figure `baseline: "frobeniusNorm"`, then set `NEUROMFA_MODEL` to `suite:nano-cnn`',
        edits: [[
          "baselines: network, scores",
          'baselines: network, baseline: "frobeniusNorm", scores',
        ]],
        shows: [/Frobenius norm/, /nano-cnn/],
        model: "suite:nano-cnn",
        steps: "0,128,512,1024,2048",
      },
    ],
  },
  {
    notebook: "10_models_over_training",
    own: true,
    quick: [
      ['["nano-32", "nano-48", "nano-64", "nano-96"]', '["nano-32", "nano-48"]'],
      ["{ samples, threshold }));", `{ samples, threshold, steps: ${few} }));`],
    ],
    without: ["const medians = 150", "const onPaperScale"],
    exercises: [
      {
        number: 1,
        says: "Set `relative` to `{ medians: 2.8 }`",
        edits: [
          ["const samples = 5;", "const samples = 1;"],
          ["relative = { medians: 1 }", "relative = { medians: 2.8 }"],
        ],
        shows: [
          /edges up to 2\.8 median lengths/,
          /E up to 2\.8 medians/,
          /radii 2 to 2\.8 medians/,
        ],
        until: "const fixedRadii",
      },
      {
        number: 2,
        says: "Set `steps: [128, 4096]` in the figures of section 4",
        edits: [["const samples = 5;", "const samples = 1;"], [
          "steps: [early, late], metric",
          "steps: [128, 4096], metric",
        ]],
        shows: [/step 128/],
        until: "const sizeMedian",
      },
      {
        number: 3,
        says: "Set `samples` to 20",
        edits: [
          ["const samples = 5;", "const samples = 20;"],
          ['["nano-32", "nano-48"]', '["nano-32"]'],
        ],
        shows: [/20 samples of 32 neurons a layer/],
        until: "const over150",
      },
    ],
  },
  {
    notebook: "11_deduplicated",
    own: true,
    quick: [["steps: twinRun.steps, ...reading", `steps: ${few}, ...reading`]],
    without: ["const withScores"],
    exercises: [
      {
        number: 1,
        says: "Set `samples` to 20",
        edits: [
          ["const samples = 5;", "const samples = 20;"],
          ['"nano-48-seed2", "nano-48-seed3", ', '"nano-48-seed2", '],
          [`steps: ${few}`, "steps: [0, 4096]"],
          ["const steps = pickSteps([0, 128, 512, 1024, 4096])", "const steps = [0, 4096]"],
          // Nothing below asks how the other readings come out.
          [
            "const fixed = await measureAll({ threshold, radii: { min: 2, max: threshold } })",
            "const fixed = published",
          ],
          [
            "const scaled = await measureAll({ threshold: { medians: 1 } })",
            "const scaled = published",
          ],
        ],
        shows: [/20 samples of 32 neurons a layer/],
        until: "const compare",
      },
      {
        number: 2,
        says: "Set `threshold` to 25",
        edits: [["const samples = 5;", "const samples = 1;"], [
          "threshold = 150",
          "threshold = 25",
        ]],
        shows: [/edges up to 25, radii from 2 to 25/, /25, fixed radii/],
        until: "const compare",
      },
      {
        number: 3,
        says: "`seeds.slice(1).map(at)`",
        edits: [["const samples = 5;", "const samples = 1;"], [
          "seeds.map(at)",
          "seeds.slice(1).map(at)",
        ]],
        shows: [/median +4096 +\S+ +2 /],
        until: "const compare",
      },
    ],
  },
  {
    notebook: "12_emergence_and_scores",
    quick: [
      ["measure(run, { threshold })", "measure(run, { threshold, samples: 2 })"],
      ["{ threshold: { medians: 1 } }", "{ threshold: { medians: 1 }, samples: 2 }"],
    ],
    exercises: [
      {
        number: 1,
        says: "Import `suiteScores` and take `await suiteScores(run)` for `scores`",
        edits: [
          ["const results", 'import { suiteScores } from "neuromfa/statistics";\nconst results'],
          ["modelScores(run, { required: true })", "suiteScores(run)"],
        ],
        shows: [
          /Black: E, the same in every panel[^.]*\. 0 and 1 are: E [^;]*; held_out_loss/,
          /\nheld_out_loss /,
        ],
      },
      {
        number: 2,
        says: "Set `threshold` to 25",
        edits: [["threshold = 150", "threshold = 25"]],
        shows: [/small: threshold 25,/, /E \(25\) changes by/],
      },
      {
        number: 3,
        says: "Ask `skillOnsets(scores, { share: 0.1 })`",
        edits: [["skillOnsets(scores)", "skillOnsets(scores, { share: 0.1 })"]],
        shows: [/\nbrackets .* 128 and 512/],
      },
    ],
  },
  {
    notebook: "13_radar",
    exercises: [
      {
        number: 1,
        says: "Draw `steps: run.steps`",
        edits: [[
          "const radar = radarFigure(emergence, { model: run.model, scores, steps,",
          "const radar = radarFigure(emergence, { model: run.model, scores, steps: run.steps,",
        ]],
        shows: [/step 768/],
        until: "const radar =",
      },
      {
        number: 2,
        says: "Leave `recall` out of the scores",
        edits: [[
          "await modelScores(run, { required: true });",
          '(await modelScores(run, { required: true }))\n  .filter(({ metric }) => metric !== "recall");',
        ]],
        shows: [/^(?![^]*>recall<)/],
        until: "const radar =",
      },
      {
        number: 3,
        says: "Set `threshold` to 25 in section 1",
        edits: [["samples: 5, threshold: 150", "samples: 5, threshold: 25"]],
        shows: [/small: threshold 25, 5 samples/],
        until: "const radar =",
      },
    ],
  },
  {
    notebook: "14_is_it_structure",
    quick: [
      ["samples: 5, steps, threshold", "samples: 1, steps, threshold"],
      ['["permute-rows", 19], ["gaussian", 19]', '["permute-rows", 2], ["gaussian", 2]'],
      ['against("permute", 19, {', 'against("permute", 2, {'],
    ],
    exercises: [
      {
        number: 1,
        says: "Set `threshold` to 25",
        edits: [["threshold = 150", "threshold = 25"], [
          "[0, 256, 512, 1024, 2048, 4096]",
          "[0, 512, 4096]",
        ]],
        shows: [/Radii fixed from 2 to 25\./, /permute +-0\.0449/],
      },
      {
        number: 2,
        says: "Set `NEUROMFA_MODEL` to `suite:nano-cnn`",
        edits: [["[0, 256, 512, 1024, 2048, 4096]", "[0, 2048]"], [
          "async (kind: NullKind, draws: number,",
          "async (kind: NullKind, most: number,",
        ], [
          "notebookProgress(kind, draws + 1);\n",
          "notebookProgress(kind, most + 1);\n  const draws = Math.min(2, most);\n",
        ]],
        shows: [/nano-cnn/],
        model: "suite:nano-cnn",
      },
      {
        number: 3,
        says: "Raise the draws of the first figure to 99",
        edits: [[
          'const permuted = await against("permute", 19)',
          'const permuted = await against("permute", 99)',
        ], ["[0, 256, 512, 1024, 2048, 4096]", "[0, 4096]"]],
        shows: [/\(99 draws\)/],
        until: "const permuted",
      },
    ],
  },
  {
    notebook: "15_correlations",
    quick: [
      ["permutations: 4999, draws: 1000", "permutations: 99, draws: 100"],
      ["permutations: 999,", "permutations: 99,"],
      ["measure(run, options)", "measure(run, { samples: 2, ...options })"],
    ],
    without: [
      "const structure:",
      "const ofKinds",
      "const properties",
      "const named = {",
      "const map =",
      "const propertyBySkill",
    ],
    exercises: [
      {
        number: 1,
        says: '`quantities.push({ ...quantities[0]!, name: "α₀, up to 150", column: "alpha_0" })`',
        edits: [[
          "await show(network.filter",
          'quantities.push({ ...quantities[0]!, name: "α₀, up to 150", column: "alpha_0" });\nawait show(network.filter',
        ]],
        shows: [/>α₀, up to 150</, /\nα₀, up to 150 /],
      },
      {
        number: 2,
        says: "Add `blockLength: 1` to `options`",
        edits: [["draws: 100 }", "draws: 100, blockLength: 1 }"]],
        shows: [/252 correlations/],
      },
      {
        number: 3,
        says: 'Ask `correlatedQuantitiesFigure` for `method: "spearman"`',
        edits: [["(correlated, { model })", '(correlated, { model, method: "spearman" })']],
        shows: [/the size of Spearman's correlation/],
        until: "const rivals",
      },
    ],
  },
  {
    notebook: "16_falling_performance",
    own: true,
    quick: [
      ["{ threshold: 150, steps }", "{ threshold: 150, steps, samples: 2 }"],
      ["{ threshold: { medians: 1 }, steps }", "{ threshold: { medians: 1 }, steps, samples: 2 }"],
      ["[{ steps }, { medians: 1 }]", "[{ steps, samples: 2 }, { medians: 1 }]"],
    ],
    exercises: [
      {
        number: 1,
        says: '`modelsOverTrainingFigure("Shuffled answers", [published])`',
        edits: [[
          "const figureMedian",
          'await show(\n  figures.modelsOverTrainingFigure("Shuffled answers", [published]),\n);\nconst figureMedian',
        ]],
        shows: [/Shuffled answers/],
        until: "const figureMedian",
      },
      {
        number: 2,
        says: "Import `suiteScores` and put `scores: await suiteScores(run)` in place of `scores`",
        edits: [
          ["baselineRun, meanScores }", "baselineRun, meanScores, suiteScores }"],
          [
            "(published.rows, {\n  ...{ model: run.model, scores, since }",
            "(published.rows, {\n  ...{ model: run.model, scores: await suiteScores(run), since }",
          ],
        ],
        shows: [/↑ held_out_loss/],
        until: "const figure150",
      },
      {
        number: 3,
        says: '`share("Frobenius norm", network.map((row) => row.frobeniusNorm))`',
        edits: [[
          '  share("distance of',
          '  share("Frobenius norm", network.map((row) => row.frobeniusNorm)),\n  share("mean weighted degree", network.map((row) => row.meanWeightedDegree)),\n  share("distance of',
        ]],
        shows: [/Frobenius norm +1\.0024/, /mean weighted degree +1\.00124/],
        until: 'share("distance',
      },
    ],
  },
  {
    notebook: "17_other_architectures",
    quick: [
      ["samples: 10, threshold: 150 }", "samples: 1, threshold: 150 }"],
      [
        "measure(cnn, options)",
        "measure(cnn, { ...options, steps: [0, 64, 128, 256, 512, 2048] })",
      ],
      [
        "measure(mlp, options)",
        "measure(mlp, { ...options, steps: [0, 64, 128, 256, 512, 2048] })",
      ],
      ["{ ...options, threshold, digits }", "{ ...options, threshold, digits, steps: [0, last] }"],
    ],
    exercises: [
      {
        number: 1,
        says: 'Add `edges: "sampled"` to `options` in section 4',
        edits: [[
          "samples: 1, threshold: 150 }",
          'samples: 1, threshold: 150, edges: "sampled" }',
        ]],
        shows: [/nano-cnn: threshold 150, 1 samples? of 32 neurons a layer, edges among them only/],
        until: "const mlpFigure",
      },
      { number: 2, says: "Train a wider CNN", edits: "it trains a model, which takes minutes" },
      { number: 3, says: "In Jupyter, set `NEUROMFA_HUB=1`", edits: NEEDS_HUB },
    ],
  },
  {
    notebook: "18_replication",
    quick: [["layerSample, threshold, steps }", "layerSample, threshold, steps, samples: 2 }"]],
    exercises: [1, 2, 3].map((number) => ({
      number,
      says: ["Run the command above", "`--convention corrected`", "`--null permute`"][number - 1]!,
      edits: NEEDS_HUB,
    })),
  },
  {
    notebook: "19_scale",
    quick: [
      ['"nano-32", "nano-64", "nano-96", "nano-32-random"', '"nano-32"'],
      ["[0, 256, 512, 768, 1024, 1536, 2048, 4096]", "[0, 4096]"],
      ["const grown = sizes.map(", "const grown = sizes.slice(-1).map("],
      ["[...spread(0.7, 1, 5), ...spread(1, 5, 11).slice(1)]", "[0.7, 1, 2, 5]"],
      ["spread(1, 20, 8)", "spread(5, 10, 2)"],
      [
        "measure(run, { steps, threshold, samples: 10 })",
        "measure(run, { steps, threshold, samples: 2 })",
      ],
      [
        "const options = { steps, threshold, samples: 10 }",
        "const options = { steps, threshold, samples: 2 }",
      ],
    ],
    exercises: [
      {
        number: 1,
        says: "Set `threshold` to 25",
        edits: [["threshold = 150", "threshold = 25"]],
        shows: [/from sigma alone +residual/, /no neuron is expected to have enough edges/],
        until: "const tables",
      },
      {
        number: 2,
        says: "In section 1 draw 64 neurons in place of 32",
        edits: [["layers: layers!, layerSample: 32", "layers: layers!, layerSample: 64"]],
        shows: [/2\.8b +0\.248989 +0\.435524/],
        until: "const shape",
      },
      { number: 3, says: "Set `NEUROMFA_MODEL` to", edits: NEEDS_HUB },
    ],
  },
  {
    notebook: "20_error_bars",
    quick: [
      ["const trials = 1000;", "const trials = 20;"],
      ["statistics.intervalCases()", "statistics.intervalCases().slice(0, 3)"],
      ['intervalCases("percentile")', 'intervalCases("percentile").slice(0, 3)'],
    ],
    exercises: [
      {
        number: 1,
        says: "Set `trials` to 8000",
        edits: [["const trials = 20;", "const trials = 40;"]],
        shows: [/40 or fewer of each case/],
        until: "const figure",
      },
      {
        number: 2,
        says: "Change the kinds in section 3 to nine and one",
        edits: [["[1, 1, 0, 1, 1, 0, 1, 1, 0, 1]", "[1, 1, 1, 1, 1, 1, 1, 1, 0, 1]"]],
        shows: [/two kinds +0\.554984/],
        until: "const kinds",
      },
      {
        number: 3,
        says: "Take `values` from `-Math.log(1 - random.uniform())`",
        edits: [["() => random.normal()", "() => -Math.log(1 - random.uniform())"]],
        shows: [/studentised/],
        until: "const random",
      },
    ],
  },
  {
    notebook: "21_english",
    quick: [
      ['"nano-64", "nano-64-english", "nano-96", "nano-96-english"', '"nano-64-english"'],
      [
        "await measure(run, { threshold: 150 })",
        "await measure(run, { threshold: 150, samples: 2 })",
      ],
    ],
    own: true,
    exercises: [
      {
        number: 1,
        says: "Set `threshold: { medians: 1 }` in section 2 to `{ medians: 2.8 }`",
        edits: [["threshold: { medians: 1 }", "threshold: { medians: 2.8 }"]],
        shows: [/nano-64-english +spelling +512 +1024 +-0\.0250286/],
        until: "await show(moves)",
      },
      {
        number: 2,
        says: "Put `share: 0.1` into the options of `skillOnsets` in section 3",
        edits: [[
          "skillOnsets(scores.get(model)!).filter",
          "skillOnsets(scores.get(model)!, { share: 0.1 }).filter",
        ]],
        shows: [/nano-64-english +articles +512 +1024 +0\.0915099/],
        until: "await show(moves)",
      },
      {
        number: 3,
        says: 'Add `network: "full"` to the options of the first `measure`',
        edits: [["{ threshold: 150, samples: 2 }", '{ threshold: 150, network: "full" }']],
        shows: [/0\.977215 +-0\.120568 +-0\.107837/],
        until: "await show(ends)",
      },
    ],
  },
];
