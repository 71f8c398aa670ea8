/**
 * Run something with variables in the environment, as the code of this test file and the processes that it starts see it; one
 * that is `undefined` is not there for the code. The environment of this process stays: other files are tested in it at the
 * same time.
 */
export async function withEnvironment<T>(
  variables: Readonly<Record<string, string | undefined>>,
  work: () => T,
): Promise<Awaited<T>> {
  const { Command, env: { get, has } } = Deno;
  const set = Object.entries(variables).filter((entry): entry is [string, string] =>
    entry[1] !== undefined
  );
  Deno.env.get = (name) => Object.hasOwn(variables, name) ? variables[name] : get(name);
  Deno.env.has = (name) =>
    Object.hasOwn(variables, name) ? variables[name] !== undefined : has(name);
  Deno.Command = class extends Command {
    constructor(program: string | URL, options: Deno.CommandOptions = {}) {
      super(program, { ...options, env: { ...Object.fromEntries(set), ...options.env } });
    }
  };
  try {
    return await work();
  } finally {
    Object.assign(Deno.env, { get, has });
    Deno.Command = Command;
  }
}
