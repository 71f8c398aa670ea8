import assert from "node:assert/strict";
import { JsonTooLarge, parseJson } from "../../lib/files/parse_json.ts";

Deno.test("parseJson() parses what is within its bounds", () => {
  const value = { a: [1, "x,[{", { b: null }], 'c:\\"': "]}" };
  assert.deepEqual(parseJson(JSON.stringify(value)), value);
  assert.equal(parseJson("7", { depth: 0, values: 0, names: 0 }), 7);
  assert.deepEqual(parseJson('{"a":[1,2]}', { depth: 2, values: 3, names: 1 }), { a: [1, 2] });
});

Deno.test("parseJson() refuses what is deeper or has more values or names, before it is parsed", () => {
  const cases = [
    ["[".repeat(65) + "]".repeat(65), /^nests more than 64 lists and objects in one another$/],
    // Not even JSON: it is refused at the first bracket too many.
    ["[".repeat(1_000_000), /^nests more than 64/],
    [`[${"[],".repeat(1_000_000)}[]]`, /^holds more than 2000000 values$/],
    [`{${'"a":1,'.repeat(500_001)}"b":1}`, /^gives names to more than 500000 values$/],
  ] as const;
  for (const [text, message] of cases) {
    assert.throws(() => parseJson(text), (error) => {
      assert.ok(error instanceof JsonTooLarge);
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("parseJson() leaves what is no JSON to the parser, texts without an end among it", () => {
  for (const text of ["", "[", '"', '{"a":"\\', "]]]]", "nope"]) {
    assert.throws(() => parseJson(text), (error) => {
      return error instanceof SyntaxError && !(error instanceof JsonTooLarge);
    });
  }
});
