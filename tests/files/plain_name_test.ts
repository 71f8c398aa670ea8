import assert from "node:assert/strict";
import { isPlainName, plainName } from "../../lib/files/plain_name.ts";
import { throwsError } from "../helpers/throws_error.ts";

Deno.test("plainName() gives back every name that stays in its folder", () => {
  const names = [
    "nano-64",
    "pythia-70m@step8",
    ".hidden",
    "a..b",
    "2024-05-01T12:30",
    "a b",
    "модель",
  ];
  for (const name of [...names, "x".repeat(160)]) assert.equal(plainName(name, "the name"), name);
});

Deno.test("plainName() refuses what leads out of its folder, is too long or cannot be seen", async () => {
  const paths = ["", ".", "..", "...", "/", "/etc/passwd", "../x", "a/b", "a/", "..\\x", "C:\\x"];
  const unseen = ["a\0", "a\nb", "\x1b[31mred", "a\u202eb", "\u200b", "a\u2028b", "\ud800"];
  const long = ["x".repeat(161), "я".repeat(81), "x".repeat(1e6)];
  for (const name of [...paths, ...unseen, ...long]) {
    await throwsError(
      () => plainName(name, "the model's name"),
      /^the model's name ".*" cannot name a file or folder: .*; choose another name$/s,
    );
  }
});

Deno.test("plainName() says the name in a few printable letters", () => {
  assert.throws(() => plainName("\x1b".repeat(1e6), "the name"), ({ message }) => {
    return message.length < 700 && !/\p{Cc}/u.test(message);
  });
});

Deno.test("isPlainName() takes no value but a text", () => {
  for (const value of [null, undefined, 5, ["a"], { length: 1 }]) {
    assert.equal(isPlainName(value), false);
  }
});
