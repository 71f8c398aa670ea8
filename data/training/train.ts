import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { SUITE_MODELS, suiteTrainee } from "./trainees.ts";
import { train } from "./training/train.ts";
import { helpText } from "../../lib/cli/help_text.ts";
import { type Command, parseFlags } from "../../lib/cli/parse_flags.ts";
import { choice, type DefaultedOption, text } from "../../lib/options/option.ts";
import { startProgressBar } from "../../lib/cli/progress_bar.ts";

const SUITE = fileURLToPath(new URL("../suite", import.meta.url));

const COMMAND = {
  name: "deno task train",
  summary:
    "Trains a model of the bundled suite and keeps its checkpoints; a stopped run goes on where it was.",
  options: {
    model: choice(SUITE_MODELS, {
      help: "which model to train",
      default: "nano-64",
    }) as DefaultedOption<string>,
    out: text({
      help: "folder that will hold one folder a model",
      default: relative(Deno.cwd(), SUITE),
    }) as DefaultedOption<string>,
  },
} satisfies Command;

/** The commit being run, marked where files differ from it. */
async function currentCommit(): Promise<string> {
  const git = async (...args: string[]) => {
    const { success, stdout } = await new Deno.Command("git", { args, stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout).trim() : null;
  };
  const commit = await git("rev-parse", "HEAD");
  if (commit === null) return "unknown (not a git checkout)";
  const changed = await git(
    "status",
    "--porcelain",
    "--untracked-files=no",
    "--",
    "lib",
    "deno.json",
  );
  return changed === "" ? commit : `${commit} with uncommitted changes`;
}

/** `deno task train`: train one model of the suite. */
async function main(args: string[]): Promise<void> {
  const line = parseFlags(COMMAND, args);
  if (line === "help") return console.log(helpText(COMMAND));
  const flags = line.values;
  const trainee = suiteTrainee(flags.model);
  const { recipe } = trainee;
  let bar: ReturnType<typeof startProgressBar> | undefined;
  try {
    await train(trainee, {
      out: flags.out,
      commit: await currentCommit(),
      command: `deno task train --model ${recipe.model}`,
      onStep(step, loss) {
        bar ??= startProgressBar(`training ${recipe.model}`, "steps", recipe.steps, step - 1);
        bar.update(step, `loss ${loss.toFixed(3)}`);
      },
      onCheckpoint(row) {
        const shown = Object.entries(row).filter(([column]) => !column.endsWith("_stderr"))
          .map(([column, value]) => `${column} ${Math.round(1000 * value) / 1000}`).join(" · ");
        if (bar) bar.log(shown);
        else console.error(shown);
      },
    });
  } finally {
    bar?.stop();
  }
}

try {
  await main(Deno.args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
