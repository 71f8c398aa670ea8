import { harnessScores } from "../../../lib/scores/harness_scores.ts";
import { modelScores } from "../../../lib/runs/model_scores.ts";
import { earlierFile, laterFile } from "../../helpers/harness_files.ts";
import { filesOf, type Format, oneFile, writeFiles } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";
import { tableMutators } from "../mutators/table_mutators.ts";

/** `scores.csv` beside checkpoints. */
export const scoresTable: Format = {
  name: "scores.csv",
  mutators: [...byteMutators, ...tableMutators, ...tableMutators],
  names: /scores\.csv/,
  start: () => ({
    seeds: [
      oneFile(
        "scores.csv",
        "step,copying,copying_stderr,held_out_loss,held_out_loss_stderr\n" +
          "0,0.01,0.002,4.4,0.01\n512,0.5,0.02,2.1,0.02\n1024,1,0,1.5,0.01\n",
      ),
    ],
    async open(files, folder) {
      await writeFiles(files, folder);
      return await modelScores({ model: "toy", source: folder }, { required: false });
    },
  }),
};

/** Results files of lm-evaluation-harness in both layouts. */
export const harness: Format = {
  name: "harness",
  mutators: [...byteMutators, ...jsonMutators, ...jsonMutators],
  names: /toy/,
  start: () => {
    const sciq = { acc: 0.5, acc_stderr: 0.02, acc_norm: 0.4, acc_norm_stderr: 0.01 };
    const piqa = { alias: "piqa", "acc,none": 0.6, "acc_stderr,none": "N/A" };
    const model = { pretrained: "owner/toy", revision: "step512" };
    return {
      seeds: [
        filesOf({
          "toy/toy_step0.json": earlierFile({ sciq }, { step: 0 }),
          "toy/toy_step512.json": earlierFile({ sciq, wsc: { acc: 0.3 } }, { step: 512 }),
        }),
        filesOf({
          "toy/results_2024-05-06T07-08-09.123456.json": laterFile(
            { piqa },
            { model_args: "pretrained=owner/toy,revision=step512", model: "hf" },
            { "n-shot": { piqa: 0 }, model_name: "owner/toy" },
          ),
        }),
        filesOf({
          "toy/step512/results.json": laterFile({ piqa }, { model_args: model, num_fewshot: 0 }),
        }),
      ],
      async open(files, folder) {
        await writeFiles(files, folder);
        return await harnessScores("toy", { source: `${folder}/toy` });
      },
    };
  },
};
