/** What a user says of the network of a model. */

/** What is declared of a network, as options hold it. */
export interface DeclaredNetwork {
  /** The network as data; what it must be is checked when it is used. */
  readonly architecture?: object | undefined;
  /** The part of a model of several that is measured. */
  readonly part?: string | undefined;
}

/** What of some options is declared of a network; empty where nothing is. */
export function declaredNetwork({ architecture, part }: DeclaredNetwork): DeclaredNetwork {
  return { ...architecture && { architecture }, ...part !== undefined && { part } };
}
