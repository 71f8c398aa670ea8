/** Results files as lm-evaluation-harness writes them. */

import { dirname, join } from "node:path";

/** A file of the harness until 0.3, which evaluated a revision of a model on the Hugging Face hub. */
export function earlierFile(
  results: object,
  { step, model = "EleutherAI/pythia-v1.1-toy", shots = 0 }: {
    step: number;
    model?: string;
    shots?: number;
  },
): string {
  const model_args = `use_accelerate=True,pretrained=${model},revision=step${step}`;
  return JSON.stringify({
    results,
    versions: Object.fromEntries(Object.keys(results).map((task) => [task, 0])),
    config: { model: "hf-causal", model_args, num_fewshot: shots, limit: null },
  });
}

/** A file of the harness since 0.4. */
export function laterFile(results: object, config: object = {}, rest: object = {}): string {
  return JSON.stringify({ results, group_subtasks: {}, configs: {}, config, ...rest });
}

/** Run `test` in a new folder with these files, paths below it by content. */
export async function withFiles(
  files: Readonly<Record<string, string>>,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [path, content] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
      await Deno.writeTextFile(join(folder, path), content);
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
