/** What a hub says of a model: its branches, and the files of a revision with their digests. */

import { listFiles, modelInfo } from "@huggingface/hub";
import { join } from "node:path";
import type { GenericSchema } from "valibot";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { shown } from "../../messages/shown.ts";
import { askJson } from "./ask_json.ts";
import type { HubConnection } from "./hub_connection.ts";
import {
  type Branch,
  isBranch,
  isCommit,
  isListedFile,
  type ListedFile,
  type RefsAnswer,
  refsAnswer,
  revisionAnswer,
  treeAnswer,
} from "./listed.ts";
import { readText } from "../../files/read_file.ts";

/** Most files of a revision: a listing that does not end must not fill the memory. */
const mostFiles = 100_000;
/** Most pages of a listing; the hub's have 1,000 files each. */
const mostPages = 1_000;

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
        if (files.length > mostFiles) throw this.#nonsense("lists too many files");
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
      if (++pages > mostPages) throw this.#nonsense("has a listing that does not end");
      return await askJson(
        connection,
        String(input instanceof Request ? input.url : input),
        schema,
      );
    };
  }

  async #kept<T>(name: string, check: (value: unknown) => value is T): Promise<T | null> {
    try {
      const value: unknown = JSON.parse(await readText(join(this.folder, name)));
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
