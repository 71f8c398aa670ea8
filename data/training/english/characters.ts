/** The characters of the English models; a character's place here is its token id. */
export const CHARACTERS: readonly string[] = [
  "\n",
  " ",
  ..."!\"$%&'()*+,-./:;?[]",
  ..."0123456789",
  ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  ..."abcdefghijklmnopqrstuvwxyz",
];

/** How typographic characters are written with those of {@linkcode CHARACTERS}. */
const PLAIN: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "‘": "'",
  "’": "'",
  "—": "--",
  "–": "-",
  "‑": "-",
  "Œ": "OE",
};

const ids = new Map(CHARACTERS.map((character, id) => [character, id]));

/**
 * A text in {@linkcode CHARACTERS} alone: quotation marks and dashes become those of a typewriter, accents are dropped, what
 * is left of other characters is left out, several spaces become one, and the space around the text is cut off.
 */
export function plainText(text: string): string {
  return text
    .replace(/[^\n -~]/g, (character) => PLAIN[character] ?? character)
    .normalize("NFD")
    .replace(/[^\n !"$%&'()*+,\-./:;?[\]0-9A-Za-z]/g, "")
    .replace(/ {2,}/g, " ")
    .trim();
}

/**
 * The token ids of a text, one a character.
 *
 * @throws {RangeError} If a character is not among {@linkcode CHARACTERS}.
 */
export function encodeText(text: string): Uint8Array {
  const tokens = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const id = ids.get(text[i]!);
    if (id === undefined) {
      throw new RangeError(
        `character ${JSON.stringify(text[i])} is not in the vocabulary; pass plainText(text)`,
      );
    }
    tokens[i] = id;
  }
  return tokens;
}

/** The text of token ids. */
export function decodeText(tokens: Iterable<number>): string {
  return Array.from(tokens, (id) => CHARACTERS[id]).join("");
}
