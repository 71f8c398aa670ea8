/** One request to a hub or to the servers that it sends one on to. */

import { SET_TOKEN } from "./set_token.ts";
import { shown } from "../../messages/shown.ts";
import { LONGEST_PAUSE, PassingFault, type Patience } from "./passing_fault.ts";
import { isNotCapable, type Pace, PaceWatch, Silence } from "./silence.ts";

/** How long a hub is waited for; what suits the public one. */
export const usualPatience = {
  /** Pauses before each further try, in milliseconds. */
  pauses: [500, 1000, 2000, 4000, 8000],
  /** Milliseconds without a byte after which a connection counts as dropped. */
  patience: 30_000,
  /**
   * The fewest bytes that must come in a stretch of waiting for them, in milliseconds: 256 bytes a second for half a minute.
   * Sixteen requests at once over the slowest line still bring more.
   */
  pace: { bytes: 7_680, milliseconds: 30_000 },
};

/** How a hub is spoken with; the token is sent to the hub alone. */
export type HubConnection =
  & typeof usualPatience
  & Pick<Patience, "onWait">
  & {
    /** The hub's address, without a slash at the end. */
    readonly endpoint: string;
    /** The user's access token, or `null` for what anybody may read. */
    readonly token: string | null;
    /** Whether it is no hub but any server with a file. */
    readonly isPlain?: boolean;
  };

/** A server's answer that holds what was asked for. */
export interface HubAnswer {
  /** Status 200 or 206. */
  readonly response: Response;
  /** Where it came from, after all redirections. */
  readonly address: URL;
  /** What the hub said of the file when it sent us on: `x-linked-etag` and `x-linked-size`. */
  readonly linked: { readonly etag: string | null; readonly size: string | null };
  /** Seconds from the last request to the first byte of its answer. */
  readonly latency: number;
  /** The body, chunk by chunk. */
  chunks(): AsyncGenerator<Uint8Array, void, void>;
}

const MOST_REDIRECTIONS = 8;

/** What to check where a server does not answer as it should. */
export function whatToCheck({ isPlain }: HubConnection): string {
  return isPlain ? "check the address" : "check HF_ENDPOINT";
}

/** A page in a browser may not look at redirections and has them followed. */
let mayRedirect: "manual" | "follow" = "manual";

/**
 * Ask for `address`, following redirections. It throws a {@linkcode PassingFault} if the server is overloaded, cannot be
 * reached, or falls silent, another error if it refuses or answers with a web page, and the reason of `stop`.
 */
export async function askHub(
  connection: HubConnection,
  address: URL,
  headers: Readonly<Record<string, string>>,
  stop?: AbortSignal,
): Promise<HubAnswer> {
  const { endpoint, token, patience, pace } = connection;
  const silence = new Silence(patience, stop);
  // The storage that the hub sends one on to must not learn the token, and refuses requests that carry one.
  const isOwn = ({ origin }: URL) => token !== null && origin === new URL(endpoint).origin;
  try {
    let linked: HubAnswer["linked"] = { etag: null, size: null };
    for (let hops = 0; hops <= MOST_REDIRECTIONS; hops++) {
      const asked = performance.now();
      const response = await silence.during(fetch(address, {
        headers: { ...headers, ...isOwn(address) && { authorization: `Bearer ${token}` } },
        redirect: mayRedirect,
        signal: silence.signal,
      }));
      if (response.type === "opaqueredirect") {
        mayRedirect = "follow";
        continue;
      }
      if (response.redirected) address = new URL(response.url);
      linked = {
        etag: linked.etag ?? response.headers.get("x-linked-etag"),
        size: linked.size ?? response.headers.get("x-linked-size"),
      };
      const target = await redirection(response, address, connection);
      if (target === null) {
        await checkAnswer(response, address, connection);
        const latency = (performance.now() - asked) / 1000;
        return {
          response,
          address,
          linked,
          latency,
          chunks: () => chunks(response, silence, pace),
        };
      }
      address = target;
    }
    const where = withoutQuery(address);
    throw new Error(
      `${where} is reached by too many redirections; ${whatToCheck(connection)}`,
    );
  } catch (error) {
    silence.over();
    throw hostRefused(error);
  }
}

/** An address without its query, which may hold a signature. */
export function withoutQuery({ origin, pathname }: URL): string {
  let path = pathname;
  try {
    path = decodeURI(pathname);
  } catch {
    // It encodes no letters and stands as it is.
  }
  return shown(origin + path).slice(1, -1);
}

async function redirection(
  response: Response,
  address: URL,
  connection: HubConnection,
): Promise<URL | null> {
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  await response.body?.cancel();
  const location = response.headers.get("location");
  const target = location === null ? null : URL.parse(location, address);
  if (target && /^https?:$/.test(target.protocol)) return target;
  const where = `${withoutQuery(address)} redirects to ${shown(location)}`;
  throw new Error(`${where}, which is no web address; ${whatToCheck(connection)}`);
}

async function checkAnswer(response: Response, address: URL, connection: HubConnection) {
  const { status, headers } = response;
  const isPage = headers.get("content-type")?.startsWith("text/html");
  if ((status === 200 || status === 206) && !isPage) return;
  await response.body?.cancel();
  const where = withoutQuery(address);
  if (status === 429 || status >= 500) {
    throw new PassingFault(`it answered ${status}`, pauseAskedFor(headers));
  }
  if (response.ok) {
    throw new Error(
      `${where} answered with a web page in place of the file; ` +
        "a proxy or a login page may stand in between, or " +
        (connection.isPlain ? "the address is another page's" : "HF_ENDPOINT is wrong"),
    );
  }
  throw new Error(`${where} answered ${status}: ${explain(status, connection)}`);
}

function explain(status: number, { token, isPlain }: HubConnection): string {
  if (isPlain) return explainPlain(status);
  if (status === 401 || status === 403) {
    return "the model is gated, private or not there; check its name, accept its terms on its page and " +
      (token === null ? SET_TOKEN : "check that the token in use may read it");
  }
  if (status === 404) return "there is no such model, revision or file; check the name";
  if (status === 416) return "the file has not the size that the hub listed; run again";
  return "the request was refused; check HF_ENDPOINT";
}

function explainPlain(status: number): string {
  if (status === 401 || status === 403) {
    return "it may not be read without signing in; download the file and open that";
  }
  if (status === 404) return "there is no such file; check the address";
  return "the request was refused; check the address";
}

/**
 * Milliseconds that an answer asks to wait: by `retry-after`, seconds or a date, or until the window of `ratelimit` ends, whose
 * `t` the hub gives in seconds (`"api";r=0;t=55`); the longer of the two.
 */
export function pauseAskedFor(headers: Headers): number {
  const value = headers.get("retry-after")?.trim() ?? "";
  const retry = /^\d+$/.test(value) ? 1000 * Number(value) : Date.parse(value) - Date.now();
  const windows = (headers.get("ratelimit") ?? "").split(",").flatMap((policy) => {
    const [, remaining] = /;\s*r=(\d+)/.exec(policy) ?? [],
      [, end] = /;\s*t=(\d+)/.exec(policy) ?? [];
    const wait = 1000 * Number(end);
    // No window is longer than the longest wait: such an end tells nothing.
    return Number(remaining ?? 0) === 0 && wait <= LONGEST_PAUSE ? [wait] : [];
  });
  return Math.max(0, Number.isNaN(retry) ? 0 : retry, ...windows);
}

async function* chunks(response: Response, silence: Silence, pace: Pace) {
  if (response.body === null) return;
  const reader = response.body.getReader();
  const watch = new PaceWatch(pace);
  try {
    for (;;) {
      const asked = performance.now();
      const { done, value } = await silence.during(reader.read());
      if (done) return;
      watch.received(value.length, performance.now() - asked);
      yield value;
    }
  } finally {
    silence.over();
    await reader.cancel().catch(() => {});
  }
}

/**
 * What to throw in place of an error of `fetch`: where something redirected to a host that the process may not connect to,
 * a sentence that says so; else the error itself.
 */
export function hostRefused(error: unknown): unknown {
  if (!isNotCapable(error)) return error;
  const [, host = "a host"] = /net access to "([^"]+)"/.exec(error.message) ?? [];
  return new Error(
    `this run may not connect to ${host}, because no flag or variable names that host; ` +
      "if something redirects to it, name its address in --evals or HF_ENDPOINT",
    { cause: error },
  );
}
