/** The work of `deno task neuromfa watch`. */

import { basename, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { removePartials } from "../files/list_files.ts";
import { printableLines } from "../messages/shown.ts";
import { isFull } from "../runs/analysis_options.ts";
import { drawNfd } from "../runs/nfd/draw_nfd.ts";
import { describeRecord } from "../runs/run_record.ts";
import { visualizeModel } from "../runs/visualize_model.ts";
import { EventsFile } from "../runs/watch/events_file.ts";
import { type WatchNews, watchPlaces, watchRun } from "../runs/watch/watch_run.ts";
import { analysisOf } from "./commands.ts";
import { parseFlags } from "./parse_flags.ts";
import { commandLine } from "./shell_word.ts";
import { startProgressBar } from "./progress_bar.ts";
import { changedRows, watchLine } from "./watch_lines.ts";
import { WATCH, watchArguments } from "./watch_command.ts";
import { type PageState, WatchPage } from "./watch_page.ts";

/** What a watcher needs of the command around it. */
export interface WatchAround {
  /** Stops the work. */
  readonly signal: AbortSignal;
  /** Told what is left behind if it is stopped from now on, and the folder with its claims. */
  readonly onUnfinished: (line: string, folder: string) => void;
}

/** Follows a training. */
export async function watch(args: readonly string[], around: WatchAround): Promise<void> {
  const line = parseFlags(WATCH, watchArguments(args));
  if (line === "help") return;
  const { folder, out, workers = "auto", every, for: seconds, tensorboard, serve, untilStep } =
    line.values;
  const { allowDuplicates, allowUnrelated, stepsPattern } = line.values;
  if (folder === undefined) {
    throw new Error("watch needs the output folder of a training: deno task neuromfa watch FOLDER");
  }
  const options = analysisOf(line), model = basename(resolve(folder));
  const places = watchPlaces(folder, out);
  around.onUnfinished(
    `stopped; what was measured of ${model} is in ${out}, and the same command goes on from there`,
    places.claims,
  );
  await using page = serve === undefined ? null : new WatchPage(serve, model);
  if (page) console.log(`the page is at ${page.address}`);
  const events = tensorboard === undefined ? null : await EventsFile.open(tensorboard);
  const ends = seconds === undefined ? Infinity : performance.now() + 1000 * seconds;
  const { signal } = around, said = new Map<number, string>();
  const warned = new Set<string>(), refused = new Map<number, string>();
  let bar: ReturnType<typeof startProgressBar> | null = null;
  const endBar = () => {
    bar?.stop();
    bar = null;
  };
  const tell = (text: string, print: (line: string) => void) => {
    endBar();
    print(printableLines(text));
  };
  const report = async ({ run, rows, fresh, gone, scores }: WatchNews) => {
    endBar();
    const changed = changedRows<(typeof rows)[number]>(rows, said);
    if (fresh.length > 0) { for (const row of changed) console.log(watchLine(row, scores)); }
    else {
      const lost = gone.length === 0 ? "" : `; the files of ${gone.length} of them are gone`;
      console.log(`${rows.length} steps are measured already, up to ${rows.at(-1)!.step}${lost}`);
    }
    await events?.add(rows.map((row) => ({ step: row.step, values: scalarsOf(row) })));
    for (const step of fresh) refused.delete(step);
    page?.show(tableOf(run));
    // A watch that was stopped while it drew has left these; nobody else draws here now.
    await removePartials(join(out, "figures", model));
    const figures = await visualizeModel(model, out, scores);
    await drawNfd(model, { out });
    page?.show({ figures });
  };
  try {
    const measured = await watchRun(folder, options, {
      command: commandLine(["watch", ...args]),
      ...{ out, workers, untilStep, signal, allowDuplicates, allowUnrelated, stepsPattern },
      async wait() {
        const left = ends - performance.now();
        if (left <= 0) return false;
        await setTimeout(Math.min(1000 * every, left), undefined, { signal });
        return true;
      },
      onTables: report,
      onWaiting(name, why) {
        tell(`${name} waits: ${why}`, console.log);
      },
      onLook(waiting) {
        const others = [...refused].map(([step, why]) => `step ${step} cannot be measured: ${why}`);
        page?.showWaiting([...waiting].map(([name, why]) => `${name}: ${why}`).concat(others));
      },
      onRefused(step, why) {
        refused.set(step, why);
        tell(`step ${step} cannot be measured: ${why}`, console.error);
      },
      onWarning(warning) {
        if (warned.has(warning)) return;
        warned.add(warning);
        tell(`warning: ${warning}`, console.error);
      },
      onNetwork(done, total) {
        if (done < total) {
          bar ??= startProgressBar(
            ...[
              `measuring ${model}`,
              isFull(options) ? "layers" : "networks",
              total,
              done,
            ] as const,
          );
        }
        bar?.update(done, "");
      },
    });
    const what = measured.length === 0 ? "no step is" : `${measured.length} steps are`;
    const where = measured.length === 0 ? "" : ` in ${places.table}`;
    const end = `the watch ends; ${what} measured${where}`;
    if (refused.size === 0) return console.log(end);
    throw new Error(`${end}; these could not be measured: ${[...refused.keys()].join(", ")}`);
  } finally {
    endBar();
  }
}

/** What TensorBoard is shown of a step. */
function scalarsOf(row: WatchNews["rows"][number]): Record<string, number> {
  const { E, alpha0, width } = row;
  return {
    ...{ "neuromfa/E": E, "neuromfa/alpha_0": alpha0, "neuromfa/width": width },
    ..."excess" in row && { "neuromfa/excess": row.excess },
  };
}

/** What the page shows of the tables. */
function tableOf({ emergence, plan }: WatchNews["run"]): Omit<PageState, "figures" | "waiting"> {
  const { model, emergence: rows } = emergence!.tables;
  const columns = ["step", "alpha_0", "width", "E", "low", "high"];
  const number = (value: number) => Number.isNaN(value) ? "–" : value.toFixed(4);
  const hasExcess = rows.some((row) => "excess" in row);
  return {
    ...{ model, made: describeRecord(plan.emergence!) },
    columns: [...columns, ...hasExcess ? ["excess", "low", "high"] : [], "status"],
    rows: rows.map((row) => {
      const { step, alpha0, width, E, eLow, eHigh, status } = row;
      const excess = "excess" in row ? [row.excess, row.excessLow, row.excessHigh] : [];
      return [`${step}`, ...[alpha0, width, E, eLow, eHigh, ...excess].map(number), status];
    }),
  };
}
