/** What a hub says of a model: its branches, and the files of a revision with their digests. */

import defer * as huggingFace from "@huggingface/hub";
import * as v from "valibot";
import { JsonTooLarge, parseJson } from "../../files/parse_json.ts";
import { shown } from "../../messages/shown.ts";
import { checkedValue } from "../../schemas/checked_value.ts";
import { wholeNumber } from "../../schemas/pieces.ts";
import { askHub, type HubConnection, withoutQuery } from "./hub_connection.ts";
import type { ListedFile } from "./listed_file.ts";
import type { HubStore } from "./hub_store.ts";
import { withTries } from "./passing_fault.ts";

/** Most files of a revision: a listing that does not end must not fill the memory. */
const MOST_FILES = 100_000;
/** Most pages of a listing; the hub's have 1,000 files each. */
const MOST_PAGES = 1_000;
/** Longest answer that is read, in bytes; a page of a listing has about 300 for each of 1,000 files. */
const MOST_BYTES = 16_000_000;

const COMMIT = /^[0-9a-f]{40}$/;
const sha1 = v.pipe(v.string(), v.regex(COMMIT, "40 hexadecimal digits"));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits"));

/** What a hub must answer when it is asked for branches. */
const refsAnswer = v.object({
  branches: v.array(v.object({ name: v.string(), targetCommit: sha1 })),
});

/** What a hub must answer when it is asked for a revision. */
const revisionAnswer = v.object({ sha: sha1 });

/** What a page of a hub's listing of files must be; the size of a folder in it means nothing. */
const treeAnswer = v.array(v.object({
  type: v.string(),
  path: v.string(),
  size: wholeNumber(0),
  oid: sha1,
  lfs: v.optional(v.object({ oid: sha256, size: wholeNumber(0) })),
}));

/** What is kept of the answers: the branches, each with its commit, and the files. */
const branchList = v.array(v.object({ name: v.string(), commit: sha1 }));
const content = v.pipe(v.string(), v.regex(/^(sha256-[0-9a-f]{64}|git-[0-9a-f]{40})$/));
const fileList = v.array(v.object({ path: v.string(), size: wholeNumber(0), content }));

/** Lists one model's branches and files; every answer is kept, for work without the network. */
export class HubListing {
  /** @param connection How to ask the hub, or `null` to do with the answers kept. */
  constructor(
    private readonly repository: string,
    private readonly connection: HubConnection | null,
    private readonly store: Pick<HubStore, "place" | "answer" | "keepAnswer">,
  ) {}

  /** The model's branches. */
  branches(): Promise<v.InferOutput<typeof branchList>> {
    // @huggingface/hub has no function for this.
    return this.#ask("branches.json", branchList, async (connection) => {
      const url = `${connection.endpoint}/api/models/${this.repository}/refs`;
      const answer = await (await askJson(connection, url, refsAnswer)).json();
      const { branches } = answer as v.InferOutput<typeof refsAnswer>;
      return branches.map(({ name, targetCommit }) => ({ name, commit: targetCommit }));
    });
  }

  /** The commit that a branch or tag is at. */
  async commit(revision: string): Promise<string> {
    if (COMMIT.test(revision)) return revision;
    const name = `revision-${encodeURIComponent(revision)}.json`;
    return await this.#ask(name, sha1, async (connection) => {
      const asked = { ...this.#hub(connection, revisionAnswer), name: this.repository, revision };
      return (await huggingFace.modelInfo({ ...asked, additionalFields: ["sha"] })).sha;
    });
  }

  /** The files of a commit. */
  async files(commit: string): Promise<readonly ListedFile[]> {
    const name = `files-${commit}.json`;
    // A commit never changes, so that an answer kept is as good as a new one.
    const kept = await this.#kept(name, fileList);
    return kept ?? await this.#ask(name, fileList, async (connection) => {
      const repo = { type: "model" as const, name: this.repository };
      const asked = { ...this.#hub(connection, treeAnswer), repo, revision: commit };
      const files: ListedFile[] = [];
      for await (const entry of huggingFace.listFiles({ ...asked, recursive: true })) {
        const { type, path, size, oid, lfs } = entry;
        if (type !== "file") continue;
        files.push({ path, size, content: lfs ? `sha256-${lfs.oid}` : `git-${oid}` });
        if (files.length > MOST_FILES) throw this.#nonsense("lists too many files");
      }
      return files;
    });
  }

  /** Ask the hub and keep its answer; without the network, take the one kept. */
  async #ask<T>(
    name: string,
    schema: v.GenericSchema<unknown, T>,
    ask: (connection: HubConnection) => Promise<unknown>,
  ): Promise<T> {
    if (this.connection === null) {
      const kept = await this.#kept(name, schema);
      if (kept !== null) return kept;
      throw new Error(
        `what the hub says of ${this.repository} is not in ${this.store.place}, and HF_HUB_OFFLINE is set; ` +
          "run once without it",
      );
    }
    const answer = await ask(this.connection);
    if (!v.is(schema, answer)) {
      throw this.#nonsense(`is described by ${shown(answer)}, which makes no sense`);
    }
    await this.store.keepAnswer(name, JSON.stringify(answer));
    return answer as T;
  }

  /** What @huggingface/hub asks with: answers that are not as the schema says do not reach it. */
  #hub(connection: HubConnection, schema: v.GenericSchema) {
    let pages = 0;
    const fetch = async (input: URL | Request | string) => {
      if (++pages > MOST_PAGES) throw this.#nonsense("has a listing that does not end");
      const url = input instanceof Request ? input.url : String(input);
      return await askJson(connection, url, schema);
    };
    return { hubUrl: connection.endpoint, fetch };
  }

  async #kept<T>(name: string, schema: v.GenericSchema<unknown, T>): Promise<T | null> {
    try {
      const text = await this.store.answer(name);
      const value: unknown = text === null ? null : parseJson(text);
      return v.is(schema, value) ? value as T : null;
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }

  #nonsense(what: string): Error {
    const source = `${this.repository} at ${this.connection?.endpoint}`;
    return new Error(`${source} ${what}; check HF_ENDPOINT`);
  }
}

/**
 * Ask a hub for JSON, with tries and bounds. The answer's text has been checked to be JSON of a schema; of its headers `link`
 * is kept, which leads to the next page of a listing.
 */
async function askJson(connection: HubConnection, url: string, schema: v.GenericSchema) {
  const asked = new URL(url);
  const where = withoutQuery(asked);
  return await withTries(where, connection, async () => {
    const answer = await askHub(connection, asked, { accept: "application/json" });
    const decoder = new TextDecoder();
    let text = "", bytes = 0;
    for await (const chunk of answer.chunks()) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) {
        throw new Error(`${where} answered with more than ${MOST_BYTES} bytes`);
      }
      text += decoder.decode(chunk, { stream: true });
    }
    text += decoder.decode();
    let value: unknown;
    try {
      value = parseJson(text);
    } catch (error) {
      const isLarge = error instanceof JsonTooLarge;
      const what = isLarge ? `has an answer that ${error.message}` : "did not answer in JSON";
      throw new Error(`${where} ${what}; a proxy may stand in between, or HF_ENDPOINT is wrong`);
    }
    checkedValue(value, schema, where, "check HF_ENDPOINT");
    const link = answer.response.headers.get("link");
    const next = /<([^>]*)>\s*;\s*rel="?next/.exec(link ?? "")?.[1];
    // What cannot be followed would make a part of the listing pass for all of it.
    if (next !== undefined && !/^https?:$/.test(URL.parse(next)?.protocol ?? "")) {
      throw new Error(
        `${where} names a next page ${shown(next)}, which is no web address; check HF_ENDPOINT`,
      );
    }
    return new Response(text, link === null ? {} : { headers: { link } });
  });
}
