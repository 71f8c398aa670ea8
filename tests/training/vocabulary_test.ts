import assert from "node:assert/strict";
import { encode, LINE_END, VOCABULARY } from "../../data/training/vocabulary.ts";

/** In the order of their ids, which trained checkpoints depend on. */
const SYMBOLS =
  "= + ? B C S R A G 0 1 2 3 4 5 6 7 8 9 a b c d e f g h i j k l m n o p ( [ { < ) ] } > " +
  "near behind above beside dog dogs barks bark bird birds sings sing fish fishes swims swim " +
  "horse horses runs run bell bells rings ring star stars shines shine ball balls rolls roll " +
  "leaf leaves falls fall";

Deno.test("the vocabulary has 80 different symbols whose ids never change", () => {
  assert.deepEqual(VOCABULARY, ["\n", ...SYMBOLS.split(" ")]);
  assert.equal(new Set(VOCABULARY).size, 80);
  assert.equal(LINE_END, "\n");
});

Deno.test("symbols are encoded as their places in the vocabulary", () => {
  assert.deepEqual(encode(VOCABULARY), VOCABULARY.map((_, id) => id));
  assert.deepEqual(encode(["A", "3", "7", "=", LINE_END]), [8, 13, 17, 1, 0]);
  assert.deepEqual(encode([]), []);
});

Deno.test("a symbol that is not of the language is refused by name", () => {
  for (const symbol of ["z", "", "10", " "]) {
    assert.throws(() => encode(["a", symbol]), {
      name: "RangeError",
      message: `symbol ${JSON.stringify(symbol)} is not in the vocabulary`,
    });
  }
});
