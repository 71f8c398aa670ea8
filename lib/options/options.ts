/** Every option that a user meets, declared once. */

import { MEASURING_OPTIONS } from "./measuring_options.ts";
import type { GivenOptions, ReadOptions } from "./read_options.ts";
import { RESAMPLING_OPTIONS } from "./resampling_options.ts";
import { RUNNING_OPTIONS } from "./running_options.ts";
import { SAMPLING_OPTIONS } from "./sampling_options.ts";

/** Every option by name; functions take some of them, and the command has a flag for most. */
export const OPTIONS = {
  ...SAMPLING_OPTIONS,
  ...MEASURING_OPTIONS,
  ...RUNNING_OPTIONS,
  ...RESAMPLING_OPTIONS,
} as
  & typeof SAMPLING_OPTIONS
  & typeof MEASURING_OPTIONS
  & typeof RUNNING_OPTIONS
  & typeof RESAMPLING_OPTIONS;

/**
 * What is declared of every option.
 *
 * @internal
 */
export type DeclaredOptions = typeof OPTIONS;

/** The name of an option. */
export type OptionName = keyof DeclaredOptions;

/** Some options as they may be given. */
export type SomeOptions<Name extends OptionName> = GivenOptions<Pick<DeclaredOptions, Name>>;

/** The values of some options. */
export type OptionValues<Name extends OptionName> = ReadOptions<Pick<DeclaredOptions, Name>>;
