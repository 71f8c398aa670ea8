/** Published scores of Pythias, in the layout of EleutherAI/pythia: 27 steps, the paper's eight benchmarks and more, standard errors. */

import { earlierFile } from "../harness_files.ts";

/** The tasks of a file, with the score that guessing has. */
const TASKS = {
  arc_challenge: 0.25,
  arc_easy: 0.25,
  blimp_causative: 0.5,
  hendrycksTest_astronomy: 0.25,
  lambada_openai: 0,
  logiqa: 0.25,
  piqa: 0.5,
  sciq: 0.25,
  winogrande: 0.5,
  wsc: 0.5,
};

/** What a copy of the repository answers for a path below it: scores that rise in ln(1 + step), each task at a time of its own. */
export function pythiaEvals(path: string): Response {
  const file =
    /^\/evals\/pythia-v1\/(pythia-[\w.-]+)\/zero-shot\/[\w.]+(?:-deduped)?_step(\d+)\.json$/;
  const [, model, digits] = file.exec(path) ?? [];
  if (model === undefined) return new Response("404: Not Found", { status: 404 });
  const step = Number(digits), time = Math.log1p(step) / Math.log1p(143_000);
  const results = Object.entries(TASKS).map(([task, chance], i) => {
    const rise = 0.4 / (1 + Math.exp(12 * (0.5 + i / 20 - time)));
    // Scores of finite tests jitter; what by is the same in every run.
    const jitter = 0.01 * Math.sin(7 * i + step);
    const acc = Math.max(0, chance + rise + jitter);
    const others = task === "lambada_openai"
      ? { ppl: 1e6 * Math.exp(-12 * time), ppl_stderr: 1 }
      : {};
    return [task, { acc, acc_stderr: 0.01, acc_norm: acc, acc_norm_stderr: 0.01, ...others }];
  });
  return new Response(
    earlierFile(Object.fromEntries(results), { step, model: `EleutherAI/${model}` }),
  );
}
