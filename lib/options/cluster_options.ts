/** What a run asks of Slurm; none of it changes a number. */

import * as v from "valibot";
import { type DefaultedOption, integer, onOff, type Option, shaped } from "./option.ts";
import type { JobArray } from "./values.ts";

/** The most parts, as `--shard` has. */
const MOST_PARTS = 999_999;
/** More processors than any node has. */
const MOST_PROCESSORS = 1024;

/** A word that Slurm takes as it is, so that it needs no quotes in a job's script and is no flag. */
function plainWord(pattern: RegExp, values: string, help: string): Option<string> {
  const schema = v.pipe(v.string(), v.maxLength(200), v.regex(pattern));
  return shaped({ schema: schema as v.GenericSchema<unknown, string>, values }, {
    help,
    otherwise: "the cluster's",
  });
}

const NAMES = "letters, digits and . _ @ + , - alone";
const names = /^\w[\w.@+,-]*$/;
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MOST_PARTS));

/** The options of a run that Slurm starts. */
export const CLUSTER_OPTIONS = {
  /** Parts that a run is measured in, and how many of them at once; 64 unless given. */
  array: shaped<JobArray>({
    schema: v.strictObject({ count, atOnce: v.exactOptional(count) }) as v.GenericSchema<
      unknown,
      JobArray
    >,
    values: `a number of parts from 1 to ${MOST_PARTS}, or 64%8 for eight of 64 at once`,
    read(word) {
      const [, count, atOnce] = /^(\d{1,6})(?:%(\d{1,6}))?$/.exec(word) ?? [];
      if (count === undefined) return word;
      return { count: Number(count), ...atOnce !== undefined && { atOnce: Number(atOnce) } };
    },
  }, {
    default: { count: 64 },
    help: "parts that are measured beside each other; 64%8 measures eight of 64 at once",
  }) as DefaultedOption<JobArray>,
  /** The partition of the cluster. */
  partition: plainWord(names, NAMES, "partition that the jobs go to") as Option<string>,
  /** The longest that a part may take, as Slurm writes times. */
  time: plainWord(
    /^(\d+-)?\d+(:\d+){0,2}$/,
    "a time such as 90 (minutes), 2:00:00 or 1-12",
    "longest time of a part, such as 2:00:00; what is stopped by it goes on with --resubmit",
  ) as Option<string>,
  /** The memory of a part. */
  mem: plainWord(
    /^\d+[KMGT]?$/,
    "a size such as 4000M or 8G",
    "memory of a part, such as 8G",
  ) as Option<string>,
  /** The account that is charged. */
  account: plainWord(names, NAMES, "account that is charged") as Option<string>,
  /** The quality of service. */
  qos: plainWord(names, NAMES, "quality of service") as Option<string>,
  /** Processors of each part, which as many workers use; 1 unless given. */
  cpus: integer({
    ...{ min: 1, max: MOST_PROCESSORS, default: 1 },
    help: "processors of each part; as many workers measure, unless --workers says otherwise",
  }) as DefaultedOption<number>,
  /** Print what would be submitted, and write and submit nothing. */
  dryRun: {
    ...onOff({ help: "print what would be submitted, and write and submit nothing" }),
    aliases: ["dry-run"],
  } as DefaultedOption<boolean>,
  /** Submit what is missing and neither runs nor waits. */
  resubmit: onOff({
    help: "submit the parts that are missing and neither run nor wait, and the merge",
  }) as DefaultedOption<boolean>,
};
