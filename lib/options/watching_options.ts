/** What decides how a training is followed. */

import { type DefaultedOption, integer, number, type Option, text } from "./option.ts";

/** A day; who looks more rarely measures afterwards. */
const MOST_SECONDS = 86_400;

/** A year. */
const LONGEST_WATCH = 366 * 86_400;

/** The options of a watcher. */
export const WATCHING_OPTIONS = {
  /** Seconds between two looks at the folder; 30 unless given. */
  every: number({
    ...{ above: 0, max: MOST_SECONDS, default: 30 },
    help: "seconds between two looks at the folder; files must stand still between two",
  }) as DefaultedOption<number>,
  /** The step with which the watch ends; none unless given. */
  untilStep: integer({
    ...{ min: 0, max: Number.MAX_SAFE_INTEGER },
    help: "end when this step, or a later one, is measured",
    otherwise: "none",
  }) as Option<number>,
  /** Seconds after which the watch ends; none unless given. */
  for: number({
    ...{ above: 0, max: LONGEST_WATCH },
    help: "end after so many seconds",
    otherwise: "until it is stopped",
  }) as Option<number>,
  /** Folder that gets an events file of TensorBoard. */
  tensorboard: text({
    help: "folder that gets an events file of TensorBoard with E, alpha_0, width and the excess",
    otherwise: "none is written",
  }) as Option<string>,
  /** Port on 127.0.0.1 of a page that shows the figure and the table; none unless given. */
  serve: integer({
    ...{ min: 0, max: 65_535 },
    help:
      "port on 127.0.0.1 of a page that shows figures and table and updates itself; 8137 if no number follows, 0 for any",
    otherwise: "no page",
  }) as Option<number>,
};
