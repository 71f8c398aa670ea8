/** In what two plans of one model differ, for those who have to choose one. */

import { shown } from "../../messages/shown.ts";
import { firstDifference } from "../analysis_options.ts";
import type { RunPlan } from "./run_plan.ts";

/** The first difference in words, such as `samples 10 and 4`: an option, a version, or a checkpoint. */
export function planDifference(one: RunPlan, other: RunPlan): string {
  const options = ({ emergence, nodes }: RunPlan) => ({ ...nodes?.options, ...emergence?.options });
  const both = (a: object, b: object) => firstDifference(a, b) ?? swapped(firstDifference(b, a));
  const words = both(options(one), options(other)) ?? both(one.versions, other.versions);
  if (words !== null) {
    const [here, there] = words.values.map((value) =>
      typeof value === "object" ? JSON.stringify(value) : shown(value)
    );
    return `${words.name} ${here} and ${there}`;
  }
  const stepsOf = (plan: RunPlan) => plan.checkpoints.map(({ step }) => step);
  const [mine, others] = [stepsOf(one), stepsOf(other)];
  const alone = mine.find((step) => !others.includes(step)) ??
    others.find((step) => !mine.includes(step));
  if (alone !== undefined) return `step ${alone}, which only one of them has`;
  const changed = one.checkpoints.find(({ step, sha256 }) =>
    other.checkpoints.some((another) => another.step === step && another.sha256 !== sha256)
  );
  return changed === undefined
    ? "what they say of the model"
    : `the weights of step ${changed.step}`;
}

function swapped(
  difference: ReturnType<typeof firstDifference>,
): ReturnType<typeof firstDifference> {
  if (difference === null) return null;
  const { name, values: [one, other] } = difference;
  return { name, values: [other, one] };
}
