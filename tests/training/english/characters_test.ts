import assert from "node:assert/strict";
import {
  CHARACTERS,
  decodeText,
  encodeText,
  plainText,
} from "../../../data/training/english/characters.ts";

Deno.test("the 83 characters have ids that never change, the end of a line the first", () => {
  assert.equal(
    CHARACTERS.join(""),
    "\n !\"$%&'()*+,-./:;?[]0123456789" +
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  );
  assert.equal(new Set(CHARACTERS).size, 83);
  assert.equal(CHARACTERS.length, 83);
});

Deno.test("text goes to ids and back, and a character without an id is refused by name", () => {
  assert.deepEqual([...encodeText("\n !z")], [0, 1, 2, 82]);
  const all = CHARACTERS.join("");
  assert.equal(decodeText(encodeText(all)), all);
  assert.throws(() => encodeText("a—b"), {
    name: "RangeError",
    message: 'character "—" is not in the vocabulary; pass plainText(text)',
  });
});

Deno.test("plain text keeps letters, digits and punctuation and writes the rest with them", () => {
  assert.equal(
    plainText(" “Call me Ishmael.”—so he’d  say–‘well’ \n"),
    "\"Call me Ishmael.\"--so he'd say-'well'",
  );
  assert.equal(
    plainText("naïve, 23° Bogotá • x_y@z\x02\tŒdipus חϰ."),
    "naive, 23 Bogota xyzOEdipus .",
  );
  assert.equal(plainText("one\n\ntwo"), "one\n\ntwo");
});

Deno.test("every plain character is one that has an id", () => {
  const everything = String.fromCharCode(...Array.from({ length: 0x3000 }, (_, code) => code));
  encodeText(plainText(everything));
  assert.equal(plainText(CHARACTERS.slice(2).join("")), CHARACTERS.slice(2).join(""));
});
