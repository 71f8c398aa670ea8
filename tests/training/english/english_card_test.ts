import assert from "node:assert/strict";
import { englishCard } from "../../../data/training/english/english_card.ts";
import { EnglishCorpus } from "../../../data/training/english/english_corpus.ts";
import { initialState } from "../../../data/training/training/training_state.ts";
import { tinyEnglishRecipe, tinyEnglishTrainee, tinySources } from "./tiny_english.ts";

const skills = ["spelling", "capitals", "articles", "quotations", "parentheses"];
const row = { step: 4, held_out_loss: Math.LN2 * 2.5, held_out_loss_stderr: Math.LN2 / 8 };
const scores = skills.map((name, i) => ({ [name]: i / 10, [`${name}_stderr`]: 0.02 }));
const state = {
  ...await initialState(tinyEnglishTrainee, ""),
  step: 4,
  scores: [{ ...row, step: 0 }, Object.assign({}, row, ...scores)],
  sessions: [{ commit: "abc123", from: 0, seconds: 90 }],
};
const corpus = new EnglishCorpus({ seed: 7, contextLength: 24, sources: tinySources });
const card = englishCard(tinyEnglishRecipe, state, corpus, "deno task train --model tiny-english");

Deno.test("the card of an English model says how it was made, of which text and by whose leave", () => {
  assert.match(card, /```sh\ndeno task train --model tiny-english\n```/);
  assert.match(card, /^\| architecture \| width 16, 1 layers, 2 heads, rotary on 50 %/m);
  assert.match(
    card,
    /^\| data \| 2 sequences × 24 characters a step .*, 83 characters, half from/m,
  );
  assert.match(card, /^\| commit \| abc123 \|$/m);
  assert.match(card, new RegExp(`^\\| corpus digest .* \\| ${corpus.digest(8)} \\|$`, "m"));
  assert.match(card, /^- a tale of the sea\n- a speech$/m);
  assert.match(card, /public domain .* `@stdlib\/datasets-moby-dick` and `@stdlib\/datasets-sotu`/);
  assert.match(card, /PDDL 1\.0, contents CC0 1\.0/);
  assert.match(card, /\n2,122 characters are left to train on, 401 are held out\./);
  assert.doesNotMatch(card, /undefined|NaN|null/);
});

Deno.test("the card gives the chance of every skill, the last scores with errors, and bits a character", () => {
  assert.match(card, /^\| spelling \| about 0 % \| write words that exist/m);
  for (const name of skills.slice(1)) {
    assert.match(card, new RegExp(`^\\| ${name} \\| 50 % \\| `, "m"));
  }
  // Of the speech's words only "they", one in five, is in the held-out text; of the tale's none.
  assert.match(card, /in their order above, 0\.0 % and 20\.0 % occur in the held-out text\.$/m);
  assert.match(card, /^1\.7329 ± 0\.0866 nats a character, which are 2\.500 ± 0\.125 bits\./m);
  assert.ok(card.endsWith(
    "| spelling | capitals | articles | quotations | parentheses |\n" +
      "| --- | --- | --- | --- | --- |\n" +
      "| 0.0 ± 2.0 | 10.0 ± 2.0 | 20.0 ± 2.0 | 30.0 ± 2.0 | 40.0 ± 2.0 |\n",
  ));
});
