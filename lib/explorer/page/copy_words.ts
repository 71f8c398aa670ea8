/** A text for the clipboard. */

/// <reference lib="dom" />

import { element } from "./elements.ts";

/**
 * Copy a text; where there is no clipboard, or none that is allowed, it is shown to be copied by hand.
 *
 * @param what What it is, for the words around it.
 */
export function copyWords(words: string, what: string, onCopied: () => void): void {
  const offer = () => offerWords(words, what);
  if (navigator.clipboard === undefined) offer();
  else navigator.clipboard.writeText(words).then(onCopied, offer);
}

function offerWords(words: string, what: string): void {
  const area = element("textarea", { rows: 6, readonly: true, "aria-label": what });
  area.value = words;
  const dialog = element(
    "dialog",
    { close: () => dialog.remove(), "aria-label": what },
    element("p", {}, `Copy ${what} from here:`),
    area,
    element("button", { type: "button", click: () => dialog.close() }, "Close"),
  );
  document.body.append(dialog);
  dialog.showModal();
  area.select();
}
