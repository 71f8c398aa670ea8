/** The explorer inside a notebook. */

import type { SampledOptions } from "../runs/analysis_options.ts";
import type { RunRecord } from "../runs/run_record.ts";
import {
  checkSettings,
  type ExplorerState,
  MEASURE_SETTINGS,
  settingWord,
  writeState,
} from "./explorer_state.ts";

/** What is explored: what `measure()` gives. */
export interface Explored {
  /** The model's name. */
  readonly model: string;
  /** How it was measured. */
  readonly record: Pick<RunRecord, "options">;
  /** The rows of E, whose steps are those explored. */
  readonly rows: readonly { readonly step: number }[];
}

/** What a notebook shows of it. */
export interface ShownExplorer {
  /** The settings, as a link to the explorer has them after its address. */
  readonly hash: string;
}

/** The model that a page can have inside. */
const INSIDE = "nano-32";

/** Where the page is built, in the repository; the published package has it not. */
const BUILDER = new URL("../../build/explorer_site.ts", import.meta.url);

/** Height of the page in a notebook, in pixels. */
const HEIGHT = 900;

let building: Promise<string | null> | undefined;

/**
 * Show the explorer in a notebook with the settings of a measurement, as `await show(explore(result))`. Of nano-32 it is a page
 * in the notebook, which measures again by itself; of other models, and in the published package, it is the command
 * and the end of the address that show the same.
 *
 * @category Showing and saving
 * @throws {RangeError} If the measurement has an option that the explorer has no control for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { explore } from "neuromfa/runs";
 *
 * const result = await measure("suite:nano-32", { samples: 2, steps: [0, 4096], threshold: 60 });
 * assert.match(explore(result).hash, /^#model=suite:nano-32&steps=0,4096&samples=2&.*threshold=60/);
 * ```
 */
export function explore({ model, record, rows }: Explored): ShownExplorer {
  const settings = settingsOf(record.options as Partial<SampledOptions>);
  checkAgrees(settings, record.options);
  const steps = rows.map(({ step }) => step);
  const hash = writeState({ ...settings, model: `suite:${model}`, steps });
  const words =
    `The explorer with these settings: run \`deno task explore\` and put this behind its address: ${hash}`;
  const shown = {
    hash,
    async [Symbol.for("Jupyter.display")]() {
      const page = model === INSIDE ? await (building ??= buildPage()) : null;
      const plain = { "text/plain": words };
      if (page === null) return plain;
      const own = page.replace('data-hash=""', `data-hash="${attribute(hash)}"`);
      const frame = `<iframe title="NeuroMFA explorer" width="100%" height="${HEIGHT}" srcdoc="${
        attribute(own)
      }"></iframe>`;
      return { "text/html": frame, ...plain };
    },
  };
  return shown;
}

/** The options of a measurement as settings; those that are as usual are left out. */
function settingsOf(options: Partial<SampledOptions>): ExplorerState {
  const { alpha0, qkv, edges } = options;
  const isReference = alpha0 === "argmax" && qkv === "reference" && edges === "sampled";
  const ofConvention = ["alpha0", "qkv", "edges"];
  const chosen = Object.entries(MEASURE_SETTINGS).flatMap(([name, { default: usual }]) => {
    const value = (options as Record<string, unknown>)[name];
    if (value === undefined || isReference && ofConvention.includes(name)) return [];
    if (name !== "samples" && settingWord(value) === settingWord(usual)) return [];
    if (!isReference && name === "alpha0" && value === "analytic") return [];
    return [[name, value]];
  });
  return { ...Object.fromEntries(chosen), ...isReference && { convention: "reference" } };
}

/** The explorer must not show other numbers: options that it has no control for are refused. */
function checkAgrees(settings: ExplorerState, options: object): void {
  const own = checkSettings(settings) as unknown as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(options)) {
    if (JSON.stringify(own[name]) === JSON.stringify(value)) continue;
    throw new RangeError(
      `the explorer has no control for ${name}, which was ${
        settingWord(value)
      }; measure without it to explore the result`,
    );
  }
}

async function buildPage(): Promise<string | null> {
  if (BUILDER.protocol !== "file:") return null;
  const { explorerParts, singlePage, SUITE } = await import(BUILDER.href);
  return await singlePage(await explorerParts(), SUITE);
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
