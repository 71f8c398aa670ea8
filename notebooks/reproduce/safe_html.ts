/** HTML from a notebook's text that a page may show. */

import xss, { type IFilterXSSOptions } from "xss";

/** What Markdown makes within a paragraph, and the letters of formulas; only links have an attribute. */
const tags = ["b", "br", "code", "del", "em", "i", "strong", "sub", "sup"];

/** Where a link may lead. A relative one would start at the page, not at the notebook. */
const SAFE_LINK = /^(https?:\/\/|mailto:)/i;

const allowed: IFilterXSSOptions = {
  whiteList: { a: ["href"], ...Object.fromEntries(tags.map((tag) => [tag, []])) },
  css: false,
  onTagAttr: (_tag, _name, value, isAllowed) =>
    // Without an attribute a link is its text.
    isAllowed && !SAFE_LINK.test(value) ? "" : undefined,
};

/**
 * HTML with the tags of running text and with links to `http`, `https` and `mailto`; any other tag is turned into
 * text and any other attribute left out, so that nothing of it runs or is loaded.
 */
export function safeHtml(html: string): string {
  return xss(html, allowed);
}
