/** What a hub says of a model: its branches, and the files of a revision with their digests. */

import { listFiles, modelInfo } from "@huggingface/hub";
import { join } from "node:path";
import type { GenericSchema } from "valibot";
import { JsonTooLarge, parseJson } from "../../files/parse_json.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { shown } from "../../messages/shown.ts";
import { askHub, type HubConnection, withoutQuery } from "./hub_connection.ts";
import { readText } from "../../files/read_file.ts";
import { checkedValue } from "../../schemas/checked_value.ts";
import { withTries } from "./passing_fault.ts";
import * as v from "valibot";
import { wholeNumber } from "../../schemas/pieces.ts";

/** Most files of a revision: a listing that does not end must not fill the memory. */
const MOST_FILES = 100_000;
/** Most pages of a listing; the hub's have 1,000 files each. */
const MOST_PAGES = 1_000;

/** Lists one model's branches and files; every answer is kept, for work without the network. */
export class HubListing {
  /**
   * @param repository Owner and name.
   * @param connection How to ask the hub, or `null` to do with the answers kept.
   * @param folder Where answers are kept.
   */
  constructor(
    private readonly repository: string,
    private readonly connection: HubConnection | null,
    private readonly folder: string,
  ) {}

  /**
   * The model's branches.
   *
   * @throws {Error} if the hub does not tell, or there is no network and no answer kept.
   */
  branches(): Promise<readonly Branch[]> {
    // @huggingface/hub has no function for this.
    return this.#ask("branches.json", listOf(isBranch), async (connection) => {
      const url = `${connection.endpoint}/api/models/${this.repository}/refs`;
      const answer = await (await askJson(connection, url, refsAnswer)).json() as RefsAnswer;
      return answer.branches.map(({ name, targetCommit }) => ({ name, commit: targetCommit }));
    });
  }

  /**
   * The commit that a branch or tag is at.
   *
   * @throws {Error} if there is no such revision, or no network and no answer kept.
   */
  async commit(revision: string): Promise<string> {
    if (isCommit(revision)) return revision;
    const name = `revision-${encodeURIComponent(revision)}.json`;
    return await this.#ask(name, isCommit, async (connection) => {
      const { endpoint: hubUrl } = connection;
      const fetch = this.#fetchOf(connection, revisionAnswer);
      const { repository } = this;
      const additionalFields: "sha"[] = ["sha"];
      return (await modelInfo({ name: repository, revision, additionalFields, hubUrl, fetch })).sha;
    });
  }

  /**
   * The files of a commit.
   *
   * @throws {Error} if the hub does not tell, or there is no network and no answer kept.
   */
  async files(commit: string): Promise<readonly ListedFile[]> {
    const name = `files-${commit}.json`;
    // A commit never changes, so that an answer kept is as good as a new one.
    const kept = await this.#kept(name, listOf(isListedFile));
    if (kept !== null) return kept;
    return await this.#ask(name, listOf(isListedFile), async (connection) => {
      const { endpoint: hubUrl } = connection;
      const fetch = this.#fetchOf(connection, treeAnswer);
      const repo = { type: "model" as const, name: this.repository };
      const files: ListedFile[] = [];
      for await (
        const { type, path, size, oid, lfs } of listFiles({
          repo,
          revision: commit,
          recursive: true,
          hubUrl,
          fetch,
        })
      ) {
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
    check: (value: unknown) => value is T,
    ask: (connection: HubConnection) => Promise<unknown>,
  ): Promise<T> {
    if (this.connection === null) {
      const kept = await this.#kept(name, check);
      if (kept !== null) return kept;
      throw new Error(
        `what the hub says of ${this.repository} is not in ${this.folder}, and HF_HUB_OFFLINE is set; ` +
          "run once without it",
      );
    }
    const answer = await ask(this.connection);
    if (!check(answer)) {
      throw this.#nonsense(`is described by ${shown(answer)}, which makes no sense`);
    }
    await writeWholeFile(join(this.folder, name), JSON.stringify(answer));
    return answer;
  }

  /** What @huggingface/hub asks with: answers that are not as the schema says do not reach it. */
  #fetchOf<T>(
    connection: HubConnection,
    schema: GenericSchema<unknown, T>,
  ): typeof globalThis.fetch {
    let pages = 0;
    return async (input) => {
      if (++pages > MOST_PAGES) throw this.#nonsense("has a listing that does not end");
      return await askJson(
        connection,
        String(input instanceof Request ? input.url : input),
        schema,
      );
    };
  }

  async #kept<T>(name: string, check: (value: unknown) => value is T): Promise<T | null> {
    try {
      const value: unknown = parseJson(await readText(join(this.folder, name)));
      return check(value) ? value : null;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
      throw error;
    }
  }

  #nonsense(what: string): Error {
    return new Error(
      `${this.repository} at ${this.connection?.endpoint} ${what}; check HF_ENDPOINT`,
    );
  }
}

function listOf<T>(check: (value: unknown) => value is T): (value: unknown) => value is T[] {
  return (value): value is T[] => Array.isArray(value) && value.every(check);
}

/** Longest answer that is read, in bytes; a page of a listing has about 300 for each of 1,000 files. */
const MOST_BYTES = 16_000_000;

/**
 * Ask a hub for JSON, with tries and bounds. The answer's text has been checked to be JSON of a schema; of its headers `link`
 * is kept, which leads to the next page of a listing.
 *
 * @throws {Error} if it cannot be had, is too long, no JSON, or says something else than the schema.
 */
export async function askJson<T>(
  connection: HubConnection,
  url: string,
  schema: GenericSchema<unknown, T>,
): Promise<Response> {
  const asked = new URL(url);
  const where = withoutQuery(asked);
  return await withTries(where, connection.pauses, async () => {
    const answer = await askHub(connection, asked, { accept: "application/json" });
    const decoder = new TextDecoder();
    let text = "";
    let bytes = 0;
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
      const what = error instanceof JsonTooLarge
        ? `has an answer that ${error.message}`
        : "did not answer in JSON";
      throw new Error(
        `${where} ${what}; a proxy may stand in between, or HF_ENDPOINT is wrong`,
      );
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

/** A branch of a model. */
export interface Branch {
  /** Its name, e.g. `step1000`. */
  readonly name: string;
  /** The commit it is at: 40 hexadecimal digits. */
  readonly commit: string;
}

/** A file of a revision. */
export interface ListedFile {
  /** Its path within the model. */
  readonly path: string;
  /** Its size in bytes. */
  readonly size: number;
  /** What identifies its content: `sha256-<hex>` of a large file, `git-<hex>` (the blob's SHA-1) of a small one. */
  readonly content: string;
}

const sha1 = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/, "40 hexadecimal digits"));

/** What a hub answers when it is asked for branches, as far as that is used. */
export interface RefsAnswer {
  /** The branches, each with the commit that it is at. */
  readonly branches: readonly { readonly name: string; readonly targetCommit: string }[];
}

/** What such an answer must be. */
export const refsAnswer: v.GenericSchema<unknown, RefsAnswer> = v.object({
  branches: v.array(v.object({ name: v.string(), targetCommit: sha1 })),
});

/** What a hub must answer when it is asked for a revision. */
export const revisionAnswer: v.GenericSchema<unknown, { sha: string }> = v.object({ sha: sha1 });

/** What a page of a hub's listing of files must be. */
export const treeAnswer: v.GenericSchema<unknown, { type: string; path: string; size: number }[]> =
  v.array(v.object({
    type: v.string(),
    path: v.string(),
    // Folders have none that means anything.
    size: wholeNumber(0),
    oid: sha1,
    lfs: v.optional(v.object({
      oid: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")),
      size: wholeNumber(0),
    })),
  }));

/** Whether a value is a commit's name in full. */
export function isCommit(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{40}$/.test(value);
}

/** Whether a value describes a branch. */
export function isBranch(value: unknown): value is Branch {
  const { name, commit } = (value ?? {}) as Partial<Branch>;
  return typeof name === "string" && isCommit(commit);
}

/** Whether a value describes a file; its content's name is safe to use in a path. */
export function isListedFile(value: unknown): value is ListedFile {
  const { path, size, content } = (value ?? {}) as Partial<ListedFile>;
  return typeof path === "string" && Number.isSafeInteger(size) && size! >= 0 &&
    typeof content === "string" && /^(sha256-[0-9a-f]{64}|git-[0-9a-f]{40})$/.test(content);
}
