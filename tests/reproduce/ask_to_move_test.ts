import assert from "node:assert/strict";
import { askToMove } from "../../notebooks/reproduce/ask_to_move.ts";

/** A terminal on which somebody types this, or nothing. */
function terminal(typed?: string | null) {
  const read = (into: Uint8Array): Promise<number | null> => {
    if (typed === undefined) return new Promise(() => {});
    if (typed === null) return Promise.resolve(null);
    return Promise.resolve(new TextEncoder().encodeInto(typed, into).written);
  };
  return { isTerminal: () => true, read };
}

Deno.test("only a yes is a yes", async () => {
  const { signal } = new AbortController();
  for (const typed of ["y\n", "YES\r\n", " yes "]) {
    assert.equal(await askToMove(1e9, signal, terminal(typed)), true, typed);
  }
  for (const typed of ["n\n", "\n", "", "yesterday\n", null]) {
    assert.equal(await askToMove(1e9, signal, terminal(typed)), false, `${typed}`);
  }
});

Deno.test("Ctrl-C ends the question, also before it is asked", async () => {
  const controller = new AbortController();
  const asked = askToMove(1e9, controller.signal, terminal());
  controller.abort(new Error("stopped"));
  await assert.rejects(asked, /^Error: stopped$/);
  await assert.rejects(askToMove(1e9, controller.signal, terminal("y\n")), /^Error: stopped$/);
});

Deno.test("where there is no terminal nobody is asked", async () => {
  const input = { ...terminal("y\n"), isTerminal: () => false };
  await assert.rejects(
    askToMove(2.5e9, new AbortController().signal, input),
    /^NotebookError: 2\.5 GB are to be moved, and there is no terminal to ask on: give --yes/,
  );
});
