/** Names of networks that stand beside each other in one file and do not feed each other. */

/** What such networks are called. */
const RIVAL =
  /(?:^|[._])(actor|critic|policy|value|advantage|pi|vf|q|qf\d?|generator|discriminator)(?=[._\d]|$)/i;

/** What copies of a network are called that follow it during training. */
const COPY = /(?:^|[._])(target|ema|teacher|old)(?=[._\d]|$)/i;

/** Whether one of two matrices cannot feed the other, as their names tell. */
export function areOfRivals(one: string, other: string): boolean {
  const [a, b] = [RIVAL.exec(one)?.[1], RIVAL.exec(other)?.[1]];
  if (a !== undefined && b !== undefined && a.toLowerCase() !== b.toLowerCase()) return true;
  return COPY.exec(one)?.[1] !== COPY.exec(other)?.[1];
}

/** Whether chains of one naming are networks beside each other, as an actor and its critic. */
export function areRivals(prefixes: readonly string[]): boolean {
  return prefixes.every((prefix) =>
    /(^|[._])(actor|critic|policy|value|q|qf\d?|pi|vf)/.test(prefix)
  );
}
