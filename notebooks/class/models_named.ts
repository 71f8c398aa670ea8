/** Which bundled models notebooks read. */

/**
 * The models, among those that are there, which the code of notebooks names. A name that is put together may be any model
 * whose name begins with one that is there, and a list of all models is all of them.
 */
export function modelsNamed(sources: readonly string[], models: readonly string[]): string[] {
  const named = new Set<string>();
  for (const source of sources) {
    if (source.includes("suiteModels(")) return [...models];
    // The longest name that fits is meant: nano-64 is no part of nano-64-english.
    const words = new Set(source.match(/\bnano(?:-[a-z0-9]+)+/g));
    const isPutTogether = /`suite:\$\{|`suite:[\w-]+\$\{/.test(source);
    for (const model of models) {
      const begins = [...words].some((word) => model.startsWith(`${word}-`));
      if (words.has(model) || (isPutTogether && begins)) named.add(model);
    }
  }
  return models.filter((model) => named.has(model));
}
