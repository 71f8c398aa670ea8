/** Short answers in JSON. */

import { JsonTooLarge, parseJson } from "../../files/parse_json.ts";
import { askHub, type HubConnection, withoutQuery } from "./hub_connection.ts";
import { withTries } from "./passing_fault.ts";

/** Longest answer that is read, in bytes; a page of a listing has about 300 for each of 1,000 files. */
const mostBytes = 16_000_000;

/**
 * Ask a hub for JSON, with tries and bounds. The answer's text has been checked to be JSON; of its headers `link` is
 * kept, which leads to the next page of a listing.
 *
 * @throws {Error} if it cannot be had, is too long or no JSON.
 */
export async function askJson(connection: HubConnection, url: string): Promise<Response> {
  const where = withoutQuery(new URL(url));
  return await withTries(where, connection.pauses, async () => {
    const answer = await askHub(connection, new URL(url), { accept: "application/json" });
    const decoder = new TextDecoder();
    let text = "";
    let bytes = 0;
    for await (const chunk of answer.chunks()) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new Error(`${where} answered with more than ${mostBytes} bytes`);
      text += decoder.decode(chunk, { stream: true });
    }
    text += decoder.decode();
    try {
      parseJson(text);
    } catch (error) {
      const what = error instanceof JsonTooLarge
        ? `has an answer that ${error.message}`
        : "did not answer in JSON";
      throw new Error(
        `${where} ${what}; a proxy may stand in between, or HF_ENDPOINT is wrong`,
      );
    }
    const link = answer.response.headers.get("link");
    return new Response(text, link === null ? {} : { headers: { link } });
  });
}
