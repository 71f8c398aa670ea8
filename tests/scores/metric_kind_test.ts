import assert from "node:assert/strict";
import { isHigherBetter, isLowerBetter, metricKind } from "../../lib/scores/metric_kind.ts";

const kinds = (...metrics: string[]) =>
  new Set(metrics.map((metric) => {
    const { higherIsBetter, isShare } = metricKind(metric);
    return `${higherIsBetter} ${isShare}`;
  }));

Deno.test("metricKind() knows shares of right answers by their measure", () => {
  const shares = ["piqa/acc", "sciq/acc_norm", "gsm8k/exact_match,strict-match", "eval_accuracy"];
  assert.deepEqual([...kinds(...shares, "piqa/acc (5-shot)")], ["true true"]);
});

Deno.test("metricKind() knows what falls as a model gets better", () => {
  const falling = ["lambada_openai/ppl", "wikitext/word_perplexity", "wikitext/bits_per_byte"];
  assert.deepEqual([...kinds(...falling, "held_out_loss", "eval_loss", "x/wer")], ["false false"]);
});

Deno.test("metricKind() calls no other measure a share, nor tells a direction that it does not know", () => {
  assert.deepEqual([...kinds("t/f1", "wmt/bleu", "eval_f1", "t/mc2")], ["true false"]);
  assert.deepEqual([...kinds("crows_pairs/pct_stereotype", "c/likelihood_difference", "t/new")], [
    "null false",
  ]);
});

Deno.test("metricKind() takes a name without a measure for that of a task, whose score is a share", () => {
  assert.deepEqual([...kinds("copying", "recall", "piqa", "mean score")], ["true true"]);
});

Deno.test("what a file records goes before what a name tells", () => {
  assert.ok(isLowerBetter({ metric: "piqa/acc", higherIsBetter: false }));
  assert.ok(isHigherBetter({ metric: "t/ppl", higherIsBetter: true }));
  assert.ok(isLowerBetter({ metric: "t/ppl", higherIsBetter: null }));
  assert.ok(!isHigherBetter({ metric: "t/new" }) && !isLowerBetter({ metric: "t/new" }));
});
