/** Short answers in JSON. */

import type { GenericSchema } from "valibot";
import { JsonTooLarge, parseJson } from "../../files/parse_json.ts";
import { shown } from "../../messages/shown.ts";
import { checkedValue } from "../../schemas/checked_value.ts";
import { askHub, type HubConnection, withoutQuery } from "./hub_connection.ts";
import { withTries } from "./passing_fault.ts";

/** Longest answer that is read, in bytes; a page of a listing has about 300 for each of 1,000 files. */
const mostBytes = 16_000_000;

/**
 * Ask a hub for JSON, with tries and bounds. The answer's text has been checked to be JSON of a schema; of its headers `link`
 * is kept, which leads to the next page of a listing.
 *
 * @throws {Error} If the answer cannot be read, is too long or no JSON, or does not fit the schema.
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
      if (bytes > mostBytes) throw new Error(`${where} answered with more than ${mostBytes} bytes`);
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
