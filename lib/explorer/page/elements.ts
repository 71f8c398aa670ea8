/** Elements of a page, made without a line of HTML: whatever a text holds, it stays text. */

/// <reference lib="dom" />

/** Attributes by name; functions listen to the event of that name, and what is `false` or `undefined` is left out. */
export type Attributes = Readonly<
  // deno-lint-ignore no-explicit-any
  Record<string, string | number | boolean | undefined | ((event: any) => void)>
>;

/** Make an element with attributes and children. */
export function element<const Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(key, value);
    else made.setAttribute(key, value === true ? "" : `${value}`);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

let ids = 0;

/** An id that nothing else on the page has. */
export function newId(): string {
  return `e${++ids}`;
}

/** A label with its control, one below the other. */
export function labelled(
  words: string,
  control: HTMLInputElement | HTMLSelectElement,
  hint?: string,
): HTMLElement {
  control.id ||= newId();
  const note = hint === undefined ? null : element("small", { id: newId() }, hint);
  if (note) control.setAttribute("aria-describedby", note.id);
  return element(
    "p",
    { class: "field" },
    element("label", { for: control.id }, words),
    control,
    note,
  );
}

/** A list of choices; values that are not among them are added. */
export function select(
  choices: readonly (readonly [value: string, words: string])[],
  value: string,
  onChange: (value: string) => void,
): HTMLSelectElement {
  const made = element("select", { change: () => onChange(made.value) });
  setChoices(made, choices, value);
  return made;
}

/** Change the choices of a list. */
export function setChoices(
  list: HTMLSelectElement,
  choices: readonly (readonly [value: string, words: string])[],
  value: string,
): void {
  list.replaceChildren(...choices.map(([value, words]) => element("option", { value }, words)));
  list.value = value;
}

/** Save bytes or text as a file. */
export function saveAs(name: string, data: string | Uint8Array<ArrayBuffer>, type: string): void {
  const href = URL.createObjectURL(new Blob([data], { type }));
  const link = element("a", { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
