/** The controls of the explorer: each has its name, its bounds and its help from what is declared of its option. */

/// <reference lib="dom" />

import type { GivenFile } from "../../checkpoints/open_files.ts";
import { NULL_KINDS, type NullKind } from "../../options/measuring_options.ts";
import { checkOption } from "../../options/read_options.ts";
import type { Option } from "../../options/option.ts";
import type { ExplorerResult } from "../engine/explorer_engine.ts";
import { MOST_KEPT } from "../engine/kept_network.ts";
import {
  checkSettings,
  type ExplorerState,
  FIRST_MODEL,
  FIRST_SAMPLES,
  MEASURE_SETTINGS,
  settingName,
  settingWord,
} from "../explorer_state.ts";
import { element, labelled, newId, select, setChoices } from "./elements.ts";
import { listedFiles } from "./models.ts";

/** What controls do. */
export interface ControlListeners {
  readonly change: (settings: Partial<ExplorerState>) => void;
  readonly openFiles: (files: readonly GivenFile[]) => void;
  readonly openHub: (name: string) => void;
  readonly compare: () => void;
}

/** Draws of the null model where it is switched on: a band, and not too long a wait. */
const FIRST_DRAWS = 5;
/** Thresholds in medians that the slider reaches. */
const [LEAST_MEDIANS, MOST_MEDIANS] = [0.3, 14];

/** All controls, in a form that is never sent. */
export class Controls {
  readonly root: HTMLElement;
  readonly #listeners: ControlListeners;
  readonly #models: readonly string[];
  readonly #model: HTMLSelectElement;
  readonly #hub: HTMLInputElement = element("input", {
    ...{ type: "text", placeholder: "owner/model", autocomplete: "off", spellcheck: "false" },
  });
  readonly #slider: HTMLInputElement;
  readonly #number: HTMLInputElement;
  readonly #unit: HTMLSelectElement;
  readonly #other = element("p", { class: "note" });
  readonly #lists: Readonly<Record<string, HTMLSelectElement>>;
  readonly #typed: Readonly<Record<string, HTMLInputElement>>;
  readonly #faults: Record<string, HTMLElement> = {};
  readonly #compare: HTMLButtonElement;
  #state: ExplorerState = {};
  #median = NaN;

  constructor(models: readonly string[], listeners: ControlListeners) {
    this.#models = models;
    this.#listeners = listeners;
    this.#model = select(
      [],
      "",
      (value) =>
        listeners.change({
          model: value,
          steps: undefined,
          step: undefined,
          neuron: undefined,
          block: 0,
        }),
    );
    this.#slider = element("input", {
      ...{ type: "range", min: 4, max: MOST_KEPT, step: 1, value: 150 },
      input: () => this.#slide(),
    });
    this.#number = element("input", {
      ...{ type: "text", inputmode: "decimal", "aria-label": "threshold as a number" },
      change: () => this.#typeThreshold(),
    });
    this.#unit = select(
      [["length", "as a length"], ["medians", "in medians"]],
      "length",
      (value) => this.#changeUnit(value as "length" | "medians"),
    );
    const list = (name: keyof ExplorerState, choices: readonly (readonly [string, string])[]) =>
      select(choices, "", (value) => this.#type(name, value));
    this.#lists = {
      convention: list("convention", [["corrected", "corrected"], [
        "reference",
        "reference (as published)",
      ]]),
      edges: list("edges", [["", "as the convention says"], ["all", "all"], [
        "sampled",
        "to sampled neurons only",
      ]]),
      null: select(
        [["", "off"], ...Object.keys(NULL_KINDS).map((kind) => [kind, kind] as const)],
        "",
        (value) =>
          listeners.change(
            value === ""
              ? { null: undefined, nullDraws: undefined, nullSeed: undefined }
              : { null: value as NullKind, nullDraws: value === "rescale" ? 1 : FIRST_DRAWS },
          ),
      ),
    };
    const typed = (name: keyof ExplorerState) => {
      const input = element("input", {
        ...{ type: "text", autocomplete: "off", spellcheck: "false" },
        change: () => this.#type(name, input.value.trim()),
      });
      return input;
    };
    this.#typed = Object.fromEntries(
      (["samples", "layerSample", "steps", "q", "radii", "minimumEdges", "nullDraws"] as const)
        .map((name) => [name, typed(name)]),
    );
    this.#compare = element("button", { type: "button", click: () => listeners.compare() }, "");
    // On a phone the views come first, and the settings are folded away.
    const isWide = matchMedia("(min-width: 1000px)");
    const settings = element(
      "details",
      { class: "settings", open: isWide.matches },
      element("summary", {}, "Settings"),
      this.#build(),
    );
    isWide.addEventListener("change", ({ matches }) => settings.open ||= matches);
    this.root = element("div", { class: "controls" }, settings);
  }

  /** Bring the controls to some settings. */
  show(state: ExplorerState, result: ExplorerResult | null): void {
    this.#state = state;
    this.#median = result?.medianLength ?? this.#median;
    const { model = FIRST_MODEL, threshold = 150 } = state;
    const known = this.#models.map((name) => [`suite:${name}`, name] as const);
    const isKnown = known.some(([value]) => value === model);
    setChoices(this.#model, isKnown ? known : [...known, [model, model]], model);
    const isMedians = typeof threshold !== "number";
    this.#unit.value = isMedians ? "medians" : "length";
    const value = isMedians ? threshold.medians : threshold;
    const [min, max, step] = isMedians ? [LEAST_MEDIANS, MOST_MEDIANS, 0.1] : [4, MOST_KEPT, 1];
    for (const [name, bound] of Object.entries({ min, max, step })) {
      this.#slider.setAttribute(name, `${bound}`);
    }
    this.#slider.value = `${value}`;
    this.#slider.setAttribute("aria-valuetext", isMedians ? `${value} medians` : `${value}`);
    if (document.activeElement !== this.#number) this.#number.value = `${value}`;
    const length = isMedians ? threshold.medians * this.#median : threshold;
    this.#other.textContent = Number.isNaN(this.#median)
      ? ""
      : isMedians
      ? `That is a length of ${length.toFixed(1)}; one median of the untrained network is ${
        this.#median.toFixed(1)
      }.`
      : `That is ${(length / this.#median).toFixed(2)} medians of ${this.#median.toFixed(1)}.`;
    const options = checkSettings(state);
    this.#lists.convention!.value = state.convention ?? "corrected";
    this.#lists.edges!.value = state.edges ?? "";
    this.#lists.null!.value = state.null ?? "";
    for (const [name, input] of Object.entries(this.#typed)) {
      if (document.activeElement === input && this.#faults[name]?.textContent) continue;
      const chosen = state[name as keyof ExplorerState] ??
        (name === "samples" ? FIRST_SAMPLES : name === "steps" ? "all" : options[name as "q"]);
      input.value = chosen === undefined ? "" : settingWord(chosen);
      this.#say(name, "");
    }
    this.#typed.nullDraws!.disabled = state.null === undefined;
    this.#compare.textContent = state.compare === undefined
      ? "Keep these settings to compare with"
      : "End the comparison";
  }

  #slide(): void {
    const value = Number(this.#slider.value);
    const threshold = this.#unit.value === "medians" ? { medians: value } : value;
    this.#listeners.change({ threshold });
  }

  #typeThreshold(): void {
    const word = this.#number.value.trim();
    const unit = this.#unit.value === "medians" && !word.endsWith("m") ? "m" : "";
    this.#type("threshold", word + unit);
  }

  /** The same threshold in the other unit, as nearly as the slider has it. */
  #changeUnit(unit: "length" | "medians"): void {
    const { threshold = 150 } = this.#state, median = this.#median;
    if (Number.isNaN(median)) return;
    if (unit === "medians" && typeof threshold === "number") {
      this.#listeners.change({
        threshold: { medians: Math.round(10 * threshold / median) / 10 || 0.1 },
      });
    } else if (unit === "length" && typeof threshold !== "number") {
      this.#listeners.change({ threshold: Math.max(2, Math.round(threshold.medians * median)) });
    }
  }

  /** Take what was typed, or say below it why not. */
  #type(name: keyof ExplorerState, word: string): void {
    const option = (MEASURE_SETTINGS as Record<string, Option<unknown>>)[name]!;
    try {
      const isUsual = word === "" || (name === "steps" && word === "all");
      const value = isUsual
        ? undefined
        : checkOption(settingName(name), option, option.read(word), word);
      checkSettings({ ...this.#state, [name]: value });
      this.#say(name, "");
      this.#listeners.change({ [name]: value });
    } catch (error) {
      this.#say(name, `${(error as Error).message}.`);
    }
  }

  #say(name: string, words: string): void {
    const note = this.#faults[name];
    if (note) note.textContent = words;
    (this.#typed[name] ?? this.#number).setAttribute("aria-invalid", `${words !== ""}`);
  }

  /** A place for what is wrong with a control. */
  #faultOf(name: string): HTMLElement {
    return this.#faults[name] = element("p", { class: "fault small", role: "status", id: newId() });
  }

  #build(): HTMLFormElement {
    const files = (isFolder: boolean) => {
      const input = element("input", {
        ...{ type: "file", multiple: true, class: "hidden", tabindex: -1, "aria-hidden": "true" },
        ...isFolder && { webkitdirectory: true },
        change: () => {
          this.#listeners.openFiles(listedFiles(input.files ?? []));
          input.value = "";
        },
      });
      const button = element(
        "button",
        { type: "button", click: () => input.click() },
        isFolder ? "Choose a folder" : "Choose files",
      );
      return element("span", {}, button, input);
    };
    const field = (words: string, name: string, hint?: string) =>
      element(
        "div",
        {},
        labelled(words, (this.#typed[name] ?? this.#lists[name])!, hint),
        this.#faultOf(name),
      );
    const group = (title: string, ...children: (Node | string)[]) =>
      element("fieldset", {}, element("legend", {}, title), ...children);
    return element(
      "form",
      { submit: (event: Event) => event.preventDefault(), "aria-label": "Settings" },
      group(
        "Model",
        labelled("Bundled model", this.#model),
        element("div", { class: "row" }, files(true), files(false)),
        element("p", { class: "note" }, "Or drop a folder of checkpoints anywhere on this page."),
        labelled("Model on the Hugging Face hub", this.#hub),
        element(
          "div",
          { class: "row" },
          element("button", {
            type: "button",
            click: () => {
              if (this.#hub.value.trim() !== "") this.#listeners.openHub(this.#hub.value.trim());
            },
          }, "Look it up"),
        ),
        element(
          "p",
          { class: "note" },
          "What would be read, and how long that takes, is shown first.",
        ),
      ),
      group(
        "Threshold",
        labelled("Longest edge that counts", this.#slider),
        element("p", { class: "field inline" }, this.#number, this.#unitField()),
        this.#other,
        this.#faultOf("threshold"),
      ),
      group(
        "Networks",
        field("Samples of each step", "samples", "an interval of E needs 5"),
        field("Neurons a layer", "layerSample"),
        field("Steps", "steps", "all, a list such as 0,512,4096, or log:12"),
        field("Edges", "edges"),
        field("Convention", "convention"),
      ),
      group(
        "Spectrum",
        field("Orders q", "q", "min:max:step"),
        field("Radii", "radii", "occurring, or min:max such as 5:150"),
        field("Edges that a neuron needs", "minimumEdges", "more than this many"),
      ),
      group(
        "Null model",
        field("Weights in random places", "null"),
        field("Draws", "nullDraws"),
      ),
      group("Compare", this.#compare),
    );
  }

  #unitField(): HTMLElement {
    this.#unit.setAttribute("aria-label", "unit of the threshold");
    return this.#unit;
  }
}
