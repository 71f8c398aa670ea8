/** What is known of published models that makes their numbers hard to compare. */

/**
 * What a user should know of a model on the hub before comparing it with others, one sentence each.
 *
 * @param repository Owner and name.
 */
export function knownWarnings(repository: string): string[] {
  if (!/^EleutherAI\/pythia-(6\.9b|12b)(-|$)/.test(repository)) return [];
  return [
    `${repository} was initialised differently from the smaller Pythia models ` +
    "(EleutherAI/pythia, issue 135), and E is relative to the initial weights: " +
    "do not read its difference from theirs as an effect of size",
  ];
}
