/** Texts of a notebook without what they say of another model than the one that it read. */

/** How a paragraph begins that quotes numbers of a notebook's own models. */
const NOTICE = "**Notice:**";

/**
 * A text with a line in the place of each paragraph that begins with {@linkcode NOTICE}. A list below such a paragraph belongs
 * to it.
 *
 * @param source The text of a Markdown cell.
 * @param about The models that the numbers are about.
 */
export function withoutNotices(source: string, about: string): string {
  const said = `*Notice* is left out here: it quotes numbers of ${about}.`;
  let isNotice = false;
  const blocks = source.trimEnd().split(/\n{2,}/).flatMap((block) => {
    isNotice = block.startsWith(NOTICE) || (isNotice && /^(?:[-*]|\d+\.) /.test(block));
    if (!isNotice) return [block];
    return block.startsWith(NOTICE) ? [said] : [];
  });
  return `${blocks.join("\n\n")}\n`;
}
