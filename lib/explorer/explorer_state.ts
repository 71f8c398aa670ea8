/** Every setting of the explorer, to and from the part of an address after `#`. */

import { nearestName } from "../messages/nearest_name.ts";
import { shown } from "../messages/shown.ts";
import { choice, integer, number, onOff, type Option, text } from "../options/option.ts";
import { OPTIONS } from "../options/options.ts";
import { checkOption, type GivenOptions, type OptionTable, pick } from "../options/read_options.ts";
import { analysisOptions, type SampledOptions } from "../runs/analysis_options.ts";

/** The options of an analysis that the explorer has controls for. */
export const MEASURE_SETTINGS = pick(OPTIONS, [
  ...["steps", "samples", "layerSample", "convention", "qkv", "edges"] as const,
  ...["threshold", "minimumEdges", "digits", "radii", "q", "alpha0", "filterMode"] as const,
  ...["nfdThreshold", "null", "nullDraws", "nullSeed"] as const,
]);

const MOST_PLACES = Number.MAX_SAFE_INTEGER;

/** What is looked at: none of it changes a number. */
export const VIEW_SETTINGS = {
  step: integer({ min: 0, max: MOST_PLACES, help: "step of the views of one network" }),
  sample: integer({ min: 0, max: MOST_PLACES, default: 0, help: "sample of those views" }),
  order: number({ default: 2, help: "order q whose fit is drawn" }),
  neuron: integer({ min: 0, max: MOST_PLACES, help: "id of the neuron that a box grows around" }),
  block: integer({ min: 0, max: MOST_PLACES, default: 0, help: "block that is drawn as a graph" }),
  tour: integer({ min: 1, max: 7, help: "step of the guided tour" }),
  map: onOff({ help: "the map of E over steps and thresholds" }),
  unit: choice(["length", "medians"], { default: "length", help: "unit of the threshold" }),
} as const;

const STATE_SETTINGS = {
  model: text({ help: "suite:nano-64, hf:owner/model, or files for what was dropped" }),
  ...MEASURE_SETTINGS,
  ...VIEW_SETTINGS,
  compare: text({ help: "the settings that are compared with, written like these" }),
} satisfies OptionTable;

/** What measures: the options of an analysis as they were chosen; those that were not follow the convention. */
export type MeasureSettings = GivenOptions<typeof MEASURE_SETTINGS>;

/** Every setting as it was chosen. */
export type ExplorerState = GivenOptions<typeof STATE_SETTINGS>;

/** The model that is open unless another is named. */
export const FIRST_MODEL = "suite:nano-32";
/** Samples unless others are asked for: the fewest that give E an interval. */
export const FIRST_SAMPLES = 5;

/** The flag of an option: `layer_sample` of `layerSample`. */
export function settingName(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The word that is typed for the value of an option, on a command line or in an address. */
export function settingWord(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  if (typeof value !== "object" || value === null) return `${value}`;
  if ("medians" in value) return `${value.medians}m`;
  const { min, max, step } = value as { min: number; max: number; step?: number };
  return step === undefined ? `${min}:${max}` : `${min}:${max}:${step}`;
}

/** The longest address that is read. */
const LONGEST = 8000;

/**
 * The settings in the part of an address after `#`.
 *
 * @throws {Error} If a name or a value is none of a setting's, saying which.
 */
export function readState(hash: string): ExplorerState {
  if (hash.length > LONGEST) {
    throw new Error(`the address has ${hash.length} characters of settings, more than ${LONGEST}`);
  }
  const names = new Map(Object.keys(STATE_SETTINGS).map((option) => [settingName(option), option]));
  const state: Record<string, unknown> = {};
  for (const [flag, word] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const option = names.get(flag);
    if (option === undefined) {
      throw new Error(
        `the address sets ${shown(flag)}, which is no setting; did you mean ${
          nearestName(flag, [...names.keys()])
        }?`,
      );
    }
    if (option in state) throw new Error(`the address sets ${flag} twice; leave one out`);
    const declared = (STATE_SETTINGS as Record<string, Option<unknown>>)[option]!;
    const value = declared.words === "none" ? isOn(word) : declared.read(word);
    state[option] = checkOption(flag, declared, value, word);
  }
  checkSettings(state as ExplorerState);
  if (state.compare !== undefined) readState(`${state.compare}`);
  return state as ExplorerState;
}

function isOn(word: string): unknown {
  return word === "true" || word === "false" ? word === "true" : word;
}

/** The settings as the part of an address after `#`, in their order; what was not chosen is left out. */
export function writeState(state: ExplorerState): string {
  const parts = new URLSearchParams();
  for (const option of Object.keys(STATE_SETTINGS) as (keyof ExplorerState)[]) {
    const value = state[option];
    if (value !== undefined) parts.set(settingName(option), settingWord(value));
  }
  return `#${parts}`.replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/** Only the options of the analysis. */
export function measureSettings(state: ExplorerState): MeasureSettings {
  const entries = Object.keys(MEASURE_SETTINGS).map((option) =>
    [option, state[option as keyof MeasureSettings]] as const
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The options of the analysis, all given and checked together. */
export function checkSettings(state: ExplorerState): SampledOptions {
  const { steps: _, samples = FIRST_SAMPLES, ...given } = measureSettings(state);
  return analysisOptions({ ...given, samples });
}

/** A command that writes the same numbers. */
export function commandOf(state: ExplorerState): string {
  const { samples = FIRST_SAMPLES, ...given } = measureSettings(state);
  const flags = Object.entries({ samples, ...given }).map(([option, value]) =>
    `--${settingName(option)} ${quoted(settingWord(value))}`
  );
  return [`deno task neuromfa --models ${quoted(modelWord(state))}`, ...flags].join(" ");
}

/** A cell of a notebook that gives the same numbers. */
export function cellOf(state: ExplorerState): string {
  const { samples = FIRST_SAMPLES, ...given } = measureSettings(state);
  const options = JSON.stringify({ samples, ...given }, null, 2)
    .replaceAll(/^( *)"(\w+)":/gm, "$1$2:");
  return `import { measure, show } from "neuromfa";

const result = await measure(${JSON.stringify(modelWord(state))}, ${options});
await show(result);
`;
}

/** What a program would name the model; of files that were dropped nobody knows the folder. */
function modelWord({ model = FIRST_MODEL }: ExplorerState): string {
  return model.startsWith("files:") ? `path/to/${model.slice("files:".length)}` : model;
}

/** A word that a shell takes for one. */
function quoted(word: string): string {
  return /^[\w.,:/@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
