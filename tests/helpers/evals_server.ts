/** A web server that stands in for the repository of published scores. */

/** A running server. */
export interface EvalsServer extends AsyncDisposable {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly requests: readonly string[];
}

/** Serve on a free port of this machine until disposed of; `answer` is given the path asked for. */
export function serveEvals(answer: (path: string) => Response): EvalsServer {
  const requests: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    requests.push(pathname);
    return answer(pathname);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Serve these answers one after another, the last one ever after, as they are sent over the wire, and hang up. */
export function serveRaw(...answers: string[]): EvalsServer {
  const requests: string[] = [];
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const finished = (async () => {
    for await (const connection of listener) {
      const request = new Uint8Array(4096);
      await connection.read(request);
      requests.push(new TextDecoder().decode(request).split(" ")[1]!);
      const answer = answers[Math.min(requests.length, answers.length) - 1]!;
      await connection.write(new TextEncoder().encode(answer));
      connection.close();
    }
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      listener.close();
      await finished;
    },
  };
}
